# Peterson's lock without fences: right on SC, wrong on x86.
#
# What to see: a thread raises its flag, gives the turn away, and waits while the other
# wants in and has the turn. Under TSO the raised flag can still wait in the store buffer
# when the thread reads the other's flag: both see 0 and both enter. Explore shows the
# witness; peterson-fenced.s shows the cure.
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
