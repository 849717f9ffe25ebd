# Racing counter: two threads add 1 to the same variable without a lock.
#
# What to see: one addition is three steps, load, add and store. When both threads load
# before either stores, one addition is lost and count ends as 1. Step T0 twice, then T1
# to its end, then T0 again. Explore finds both outcomes and a shortest way to each.
#
#@ run -t 2
#@ exists (count = 1)
#@ forall (count = 2)

.var count

.main
mov count, %ax
add $1, %ax
mov %ax, count
halt
