# Test-and-set: the lock that flag-lock.s wants to be.
#
# What to see: xchg reads the old value and writes the new one in one step, so exactly one
# of two threads finds 0. As a locked instruction it also empties the store buffer first;
# a plain store is enough to let go, because stores leave the buffer in order.
#
#@ run -t 2 --model tso
#@ mutex .enter .leave
#@ forall (count = 2)

.var lock
.var count

.acquire
mov $1, %ax
xchg %ax, lock
test $0, %ax
jne .acquire

.enter
mov count, %ax
add $1, %ax
mov %ax, count

.leave
mov $0, lock
halt
