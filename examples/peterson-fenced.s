# Peterson's lock with a fence: right on x86, too.
#
# What to see: one mfence in each thread, between its last store and the first load of the
# wait. Take it away, or move it before the store to turn, and explore again.
#
#@ run -t 2 -a bx=0,bx=1 --model tso
#@ mutex .enter .leave
#@ forall (count = 2)

.var flag 2
.var turn
.var count

.main
lea flag, %fx
mov $1, %cx
sub %bx, %cx

.acquire
mov $1, 0(%fx,%bx,4)
mov %cx, turn
mfence

.wait
mov 0(%fx,%cx,4), %ax
test $1, %ax
jne .enter
mov turn, %ax
test %cx, %ax
je .wait

.enter
mov count, %ax
add $1, %ax
mov %ax, count

.leave
mov $0, 0(%fx,%bx,4)
halt
