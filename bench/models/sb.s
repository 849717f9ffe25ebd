# Store buffering: %bx is the cell that a thread stores to, %cx the one that it loads.
#@ run -t 2 -a bx=100:cx=104,bx=104:cx=100
#@ exists (0:ax = 0 /\ 1:ax = 0)
.var cells 2
mov $1, (%bx)
mov (%cx), %ax
halt
