# A ticket lock around a counter; %bx is the number of rounds.
#@ run -t 3 -a bx=3
#@ forall (count = 9)
.var next
.var turn
.var count
.top
mov $1, %ax
fetchadd %ax, next
.wait
mov turn, %cx
test %ax, %cx
jne .wait
mov count, %dx
add $1, %dx
mov %dx, count
add $1, %cx
mov %cx, turn
sub $1, %bx
test $0, %bx
jgt .top
halt
