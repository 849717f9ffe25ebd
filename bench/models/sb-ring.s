# Store buffering in a ring: each thread stores to its own cell and loads its neighbour's.
#@ run -t 8 -a bx=100:cx=104,bx=104:cx=108,bx=108:cx=112,bx=112:cx=116,bx=116:cx=120,bx=120:cx=124,bx=124:cx=128,bx=128:cx=100
#@ exists (0:ax = 0 /\ 1:ax = 0 /\ 2:ax = 0 /\ 3:ax = 0 /\ 4:ax = 0 /\ 5:ax = 0 /\ 6:ax = 0 /\ 7:ax = 0)
.var cells 8
mov $1, (%bx)
mov (%cx), %ax
halt
