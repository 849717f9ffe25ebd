# A flag is not a lock: load, test and store take three steps.
#
# What to see: both threads can find the flag 0 before either sets it to 1; then both are
# between .enter and .leave, and an addition can be lost. With the usual interrupt every 50
# instructions it seems to work; sweep over shorter intervals, or explore.
#
#@ run -t 2
#@ mutex .enter .leave
#@ forall (count = 2)

.var flag
.var count

.acquire
mov flag, %ax
test $0, %ax
jne .acquire
mov $1, flag

.enter
mov count, %ax
add $1, %ax
mov %ax, count

.leave
mov $0, flag
halt
