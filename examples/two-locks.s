# Two locks in opposite order: a deadlock that comes rarely.
#
# What to see: T0 takes a and then b, T1 takes b and then a. When each has its first lock,
# each waits for the other for ever: a state from which no end can be reached. Simulated
# with long intervals it never happens; explore finds it at once.
#
#@ run -t 2 -a bx=0,bx=4
#@ forall (done = 2)

.var lock 2
.var done

.main
lea lock, %fx
mov $4, %cx
sub %bx, %cx
add %fx, %bx
add %fx, %cx

.first
mov $1, %ax
xchg %ax, (%bx)
test $0, %ax
jne .first

.second
mov $1, %ax
xchg %ax, (%cx)
test $0, %ax
jne .second

mov $1, %dx
fetchadd %dx, done
mov $0, (%cx)
mov $0, (%bx)
halt
