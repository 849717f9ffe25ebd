# Store buffering: each thread writes its own variable, then reads the other's.
#
# What to see: on sequentially consistent memory at least one thread reads 1. On x86 both
# can read 0: a store waits in its thread's store buffer while the load goes ahead. Debug
# it under TSO, step T0 and T1 past both loads, and watch the buffers: nothing has drained.
#
#@ run -t 2 -a bx=0,bx=1 --model tso
#@ exists (0:ax = 0 /\ 1:ax = 0)

.var x
.var y

.main
test $1, %bx
je .second

.first
mov $1, x
mov y, %ax
halt

.second
mov $1, y
mov x, %ax
halt
