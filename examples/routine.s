# Calling a routine: the lock of test-and-set.s, written once and called.
#
# What to see: call pushes the address of the next instruction on the thread's own stack
# and ret pops it; each thread has its stack, 1,000 below that of the one before. The
# address of the lock is handed over in %cx. Step into the calls and watch Stack and %sp.
#
#@ run -t 2 -a bx=2 -i 7
#@ forall (count = 4)

.var lock
.var count

.main
lea lock, %cx
.round
call .acquire
mov count, %ax
add $1, %ax
mov %ax, count
call .release
sub $1, %bx
test $0, %bx
jgt .round
halt

.acquire
mov $1, %ax
xchg %ax, (%cx)
test $0, %ax
je .acquired
yield
j .acquire
.acquired
ret

.release
mov $0, (%cx)
ret
