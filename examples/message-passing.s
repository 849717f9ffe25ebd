# Message passing: T0 writes data and then raises a flag; T1 waits for the flag and reads.
#
# What to see: this needs no fence on x86. Store buffers are first in, first out, so the
# data reaches memory before the flag does. T1 never reads the old data, under SC and TSO.
# Swap the two stores of T0 and explore again.
#
#@ run -t 2 -a bx=0,bx=1 --model tso
#@ forall (1:ax = 42)

.var data
.var ready

.main
test $1, %bx
je .receive

.send
mov $42, data
mov $1, ready
halt

.receive
mov ready, %cx
test $1, %cx
jne .receive
mov data, %ax
halt
