# A counter without a lock: read, compute, and replace only if nothing has changed.
#
# What to see: cmpxchg compares memory with %ax and, if they are equal, stores the new
# value, all in one step. If another thread was faster, %ax holds what it wrote and the
# thread tries again. No addition is lost and nobody ever waits for a lock.
#
#@ run -t 3 --model tso
#@ forall (count = 3)

.var count

.main
mov count, %ax
.again
mov %ax, %bx
add $1, %bx
cmpxchg %bx, count
jne .again
halt
