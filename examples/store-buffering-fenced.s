# Store buffering with fences: the cure for store-buffering.s.
#
# What to see: mfence waits until the thread's own store buffer is empty, so no load goes
# ahead of the store before it. Explore finds no outcome under TSO that SC does not have.
# Take one of the fences away: one alone is not enough.
#
#@ run -t 2 -a bx=0,bx=1 --model tso
#@ ~exists (0:ax = 0 /\ 1:ax = 0)

.var x
.var y

.main
test $1, %bx
je .second

.first
mov $1, x
mfence
mov y, %ax
halt

.second
mov $1, y
mfence
mov x, %ax
halt
