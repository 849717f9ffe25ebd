# Peterson's lock without fences: %bx is this thread, %dx the other one, %ex the number of rounds.
#@ run -t 2 -a bx=0:dx=1:ex=4,bx=1:dx=0:ex=4
#@ exists (count < 8)
.var flag 2
.var turn
.var count
.top
mov $1, 100(,%bx,4)
mov %dx, turn
.wait
mov 100(,%dx,4), %ax
test $1, %ax
jne .enter
mov turn, %ax
test %dx, %ax
je .wait
.enter
mov count, %ax
add $1, %ax
mov %ax, count
.leave
mov $0, 100(,%bx,4)
sub $1, %ex
test $0, %ex
jgt .top
halt
