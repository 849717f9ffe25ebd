# Ticket lock: first come, first served.
#
# What to see: fetchadd draws a number in one step; then each thread waits for its turn.
# Nobody can overtake, unlike in test-and-set.s. Only the owner writes turn, so a plain
# load, add and store is enough there.
#
#@ run -t 3 --model tso
#@ mutex .enter .leave
#@ forall (count = 3)

.var next
.var turn
.var count

.acquire
mov $1, %cx
fetchadd %cx, next
.wait
mov turn, %ax
test %cx, %ax
jne .wait

.enter
mov count, %ax
add $1, %ax
mov %ax, count

.leave
mov turn, %ax
add $1, %ax
mov %ax, turn
halt
