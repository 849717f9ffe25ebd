/* ---- The test ------------------------------------------------------------------------------------------------------------------------ */

enum {
  THREADS = 3,               /* of the test */
  LOCATIONS = 3,             /* what an outcome consists of: registers and cells */
  OPERATIONS = 12,           /* numbers for places in the test */
  OUTCOMES = 262144,         /* room for different outcomes */
  LINE = 64,                 /* bytes of a cache line */
  CELL_BYTES = 16,           /* distance of addresses 1 apart; variables are 4 apart, so each has its own line */
  INSTANCE_BYTES = 192,      /* the cells of one run */
  INITIAL_CELLS = 0,         /* cells that are not 0 at the start */
  SLOTS = 1,                 /* results of a thread: its status, and registers */
};

/* Variables, by their place in the cells of a run:
 *   next: 0(%rdi), address 100
 *   turn: 64(%rdi), address 104
 *   count: 128(%rdi), address 108 */

/* Thread 0: %rdi points to the cells of a run, %rsi to the thread's results. */
asm(
  ".text\n"
  "thread0:\n"
  "thread0_first:\n"
  "    movq    $0, %rax\n"                       /* ax at the start */
  "    movq    $0, %rcx\n"                       /* cx at the start */
  "    movq    $1, %rcx\n"                       /* mov $1, %cx */
  "    lock xaddq %rcx, (%rdi)\n"                /* fetchadd %cx, next */
  "    jo      .Lthread0_fault_1\n"
  ".Lthread0_2:\n"
  "    movq    64(%rdi), %rax\n"                 /* mov turn, %ax */
  "    cmpq    %rcx, %rax\n"                     /* test %cx, %ax */
  "    jne     .Lthread0_2\n"                    /* jne .wait */
  "    movq    128(%rdi), %rax\n"                /* mov count, %ax */
  "    addq    $1, %rax\n"                       /* add $1, %ax */
  "    jo      .Lthread0_fault_6\n"
  "    movq    %rax, 128(%rdi)\n"                /* mov %ax, count */
  "    movq    64(%rdi), %rax\n"                 /* mov turn, %ax */
  "    addq    $1, %rax\n"                       /* add $1, %ax */
  "    jo      .Lthread0_fault_9\n"
  "    movq    %rax, 64(%rdi)\n"                 /* mov %ax, turn */
                                                 /* halt */
  "thread0_end:\n"
  "    movq    $1, (%rsi)\n"                     /* ENDED */
  "thread0_leave:\n"
  "    ret\n"
  ".Lthread0_fault_1:\n"
  "    movq    $3, (%rsi)\n"                     /* FAULT + 1 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_6:\n"
  "    movq    $8, (%rsi)\n"                     /* FAULT + 6 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_9:\n"
  "    movq    $11, (%rsi)\n"                    /* FAULT + 9 */
  "    jmp     thread0_leave\n"
  "thread0_stop:\n"
  "    movq    $-1, (%rsi)\n"                    /* STOPPED: the run did not end */
  "    jmp     thread0_leave\n"
);

/* Thread 1: %rdi points to the cells of a run, %rsi to the thread's results. */
asm(
  ".text\n"
  "thread1:\n"
  "thread1_first:\n"
  "    movq    $0, %rax\n"                       /* ax at the start */
  "    movq    $0, %rcx\n"                       /* cx at the start */
  "    movq    $1, %rcx\n"                       /* mov $1, %cx */
  "    lock xaddq %rcx, (%rdi)\n"                /* fetchadd %cx, next */
  "    jo      .Lthread1_fault_1\n"
  ".Lthread1_2:\n"
  "    movq    64(%rdi), %rax\n"                 /* mov turn, %ax */
  "    cmpq    %rcx, %rax\n"                     /* test %cx, %ax */
  "    jne     .Lthread1_2\n"                    /* jne .wait */
  "    movq    128(%rdi), %rax\n"                /* mov count, %ax */
  "    addq    $1, %rax\n"                       /* add $1, %ax */
  "    jo      .Lthread1_fault_6\n"
  "    movq    %rax, 128(%rdi)\n"                /* mov %ax, count */
  "    movq    64(%rdi), %rax\n"                 /* mov turn, %ax */
  "    addq    $1, %rax\n"                       /* add $1, %ax */
  "    jo      .Lthread1_fault_9\n"
  "    movq    %rax, 64(%rdi)\n"                 /* mov %ax, turn */
                                                 /* halt */
  "thread1_end:\n"
  "    movq    $1, (%rsi)\n"                     /* ENDED */
  "thread1_leave:\n"
  "    ret\n"
  ".Lthread1_fault_1:\n"
  "    movq    $3, (%rsi)\n"                     /* FAULT + 1 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_6:\n"
  "    movq    $8, (%rsi)\n"                     /* FAULT + 6 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_9:\n"
  "    movq    $11, (%rsi)\n"                    /* FAULT + 9 */
  "    jmp     thread1_leave\n"
  "thread1_stop:\n"
  "    movq    $-1, (%rsi)\n"                    /* STOPPED: the run did not end */
  "    jmp     thread1_leave\n"
);

/* Thread 2: %rdi points to the cells of a run, %rsi to the thread's results. */
asm(
  ".text\n"
  "thread2:\n"
  "thread2_first:\n"
  "    movq    $0, %rax\n"                       /* ax at the start */
  "    movq    $0, %rcx\n"                       /* cx at the start */
  "    movq    $1, %rcx\n"                       /* mov $1, %cx */
  "    lock xaddq %rcx, (%rdi)\n"                /* fetchadd %cx, next */
  "    jo      .Lthread2_fault_1\n"
  ".Lthread2_2:\n"
  "    movq    64(%rdi), %rax\n"                 /* mov turn, %ax */
  "    cmpq    %rcx, %rax\n"                     /* test %cx, %ax */
  "    jne     .Lthread2_2\n"                    /* jne .wait */
  "    movq    128(%rdi), %rax\n"                /* mov count, %ax */
  "    addq    $1, %rax\n"                       /* add $1, %ax */
  "    jo      .Lthread2_fault_6\n"
  "    movq    %rax, 128(%rdi)\n"                /* mov %ax, count */
  "    movq    64(%rdi), %rax\n"                 /* mov turn, %ax */
  "    addq    $1, %rax\n"                       /* add $1, %ax */
  "    jo      .Lthread2_fault_9\n"
  "    movq    %rax, 64(%rdi)\n"                 /* mov %ax, turn */
                                                 /* halt */
  "thread2_end:\n"
  "    movq    $1, (%rsi)\n"                     /* ENDED */
  "thread2_leave:\n"
  "    ret\n"
  ".Lthread2_fault_1:\n"
  "    movq    $3, (%rsi)\n"                     /* FAULT + 1 */
  "    jmp     thread2_leave\n"
  ".Lthread2_fault_6:\n"
  "    movq    $8, (%rsi)\n"                     /* FAULT + 6 */
  "    jmp     thread2_leave\n"
  ".Lthread2_fault_9:\n"
  "    movq    $11, (%rsi)\n"                    /* FAULT + 9 */
  "    jmp     thread2_leave\n"
  "thread2_stop:\n"
  "    movq    $-1, (%rsi)\n"                    /* STOPPED: the run did not end */
  "    jmp     thread2_leave\n"
);

/* Where jumps go, and from which operation of the test on that is. */
struct label {
  const char *place;
  int64_t operation;
};
asm(
  ".data\n"
  "thread0_labels:\n"
  "    .quad .Lthread0_2, 2\n"
  "thread1_labels:\n"
  "    .quad .Lthread1_2, 2\n"
  "thread2_labels:\n"
  "    .quad .Lthread2_2, 2\n"
  ".text\n");

struct thread {
  void (*run)(char *cells, int64_t *results);
  const char *first, *end, *stop; /* a thread between `first` and `end` can be sent to `stop` */
  const struct label *labels;
  int label_count;
};
extern void thread0(char *, int64_t *);
extern const char thread0_first[], thread0_end[], thread0_stop[];
extern const struct label thread0_labels[];
extern void thread1(char *, int64_t *);
extern const char thread1_first[], thread1_end[], thread1_stop[];
extern const struct label thread1_labels[];
extern void thread2(char *, int64_t *);
extern const char thread2_first[], thread2_end[], thread2_stop[];
extern const struct label thread2_labels[];

static const struct thread threads[THREADS] = {
  {thread0, thread0_first, thread0_end, thread0_stop, thread0_labels, 1},
  {thread1, thread1_first, thread1_end, thread1_stop, thread1_labels, 1},
  {thread2, thread2_first, thread2_end, thread2_stop, thread2_labels, 1},
};

/* Cells that are not 0 at the start. */
static const struct {
  size_t at;
  int64_t value;
} initial_cells[INITIAL_CELLS + 1] = {
};

/* The outcome of a run: the values of what is observed. */
static void observe(const char *cells, const int64_t *const *results, int64_t *values) {
  values[0] = *(const int64_t *)(cells + 0);     /* next */
  values[1] = *(const int64_t *)(cells + 64);    /* turn */
  values[2] = *(const int64_t *)(cells + 128);   /* count */
  (void)cells, (void)results;
}
