# A counter without a lock; %bx is the number of rounds.
#@ run -t 3 -a bx=3
#@ exists (count = 2)
.var count
.top
mov count, %ax
add $1, %ax
mov %ax, count
sub $1, %bx
test $0, %bx
jgt .top
halt
