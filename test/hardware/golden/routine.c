/* ---- The test ------------------------------------------------------------------------------------------------------------------------ */

enum {
  THREADS = 2,               /* of the test */
  LOCATIONS = 2,             /* what an outcome consists of: registers and cells */
  OPERATIONS = 19,           /* numbers for places in the test */
  OUTCOMES = 262144,         /* room for different outcomes */
  LINE = 64,                 /* bytes of a cache line */
  CELL_BYTES = 16,           /* distance of addresses 1 apart; variables are 4 apart, so each has its own line */
  INSTANCE_BYTES = 5696,     /* the cells of one run */
  INITIAL_CELLS = 0,         /* cells that are not 0 at the start */
  SLOTS = 1,                 /* results of a thread: its status, and registers */
};

/* Variables, by their place in the cells of a run:
 *   lock: 0(%rdi), address 100
 *   count: 64(%rdi), address 104 */

/* Thread 0: %rdi points to the cells of a run, %rsi to the thread's results. */
asm(
  ".text\n"
  "thread0:\n"
  "    pushq   %rbx\n"
  "    pushq   %r12\n"
  "    pushq   %r13\n"
  "thread0_first:\n"
  "    movq    $0, %rax\n"                       /* ax at the start */
  "    movq    $2, %rbx\n"                       /* bx at the start */
  "    movq    $0, %rcx\n"                       /* cx at the start */
  "    movq    $128000, %r8\n"                   /* sp at the start */
  "    movq    $100, %rcx\n"                     /* lea lock, %cx */
  ".Lthread0_1:\n"
  "    subq    $4, %r8\n"                        /* call .acquire */
  "    movq    %r8, %r12\n"
  "    subq    $127872, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_found_1\n"
  "    addq    $212, %r12\n"
  "    jmp     .Lthread0_found_0\n"
  ".Lthread0_found_1:\n"
  "    subq    $-127772, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread0_found_2\n"
  "    jmp     .Lthread0_found_0\n"
  ".Lthread0_found_2:\n"
  "    subq    $126772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_fault_1\n"
  "    addq    $68, %r12\n"
  ".Lthread0_found_0:\n"
  "    shlq    $4, %r12\n"
  "    movq    $1002, (%rdi,%r12)\n"
  "    jmp     .Lthread0_10\n"
  ".Lthread0_2:\n"
  "    movq    64(%rdi), %rax\n"                 /* mov count, %ax */
  "    addq    $1, %rax\n"                       /* add $1, %ax */
  "    jo      .Lthread0_fault_3\n"
  "    movq    %rax, 64(%rdi)\n"                 /* mov %ax, count */
  "    subq    $4, %r8\n"                        /* call .release */
  "    movq    %r8, %r12\n"
  "    subq    $127872, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_found_4\n"
  "    addq    $212, %r12\n"
  "    jmp     .Lthread0_found_3\n"
  ".Lthread0_found_4:\n"
  "    subq    $-127772, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread0_found_5\n"
  "    jmp     .Lthread0_found_3\n"
  ".Lthread0_found_5:\n"
  "    subq    $126772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_fault_5\n"
  "    addq    $68, %r12\n"
  ".Lthread0_found_3:\n"
  "    shlq    $4, %r12\n"
  "    movq    $1006, (%rdi,%r12)\n"
  "    jmp     .Lthread0_17\n"
  ".Lthread0_6:\n"
  "    subq    $1, %rbx\n"                       /* sub $1, %bx */
  "    jo      .Lthread0_fault_6\n"
  "    cmpq    $0, %rbx\n"                       /* test $0, %bx */
  "    jg      .Lthread0_1\n"                    /* jgt .round */
  "    jmp     thread0_end\n"                    /* halt */
  ".Lthread0_10:\n"
  "    movq    $1, %rax\n"                       /* mov $1, %ax */
  "    movq    %rcx, %r12\n"                     /* xchg %ax, (%cx) */
  "    subq    $100, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread0_found_7\n"
  "    jmp     .Lthread0_found_6\n"
  ".Lthread0_found_7:\n"
  "    subq    $126772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_found_8\n"
  "    addq    $68, %r12\n"
  "    jmp     .Lthread0_found_6\n"
  ".Lthread0_found_8:\n"
  "    subq    $1000, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_fault_11\n"
  "    addq    $212, %r12\n"
  ".Lthread0_found_6:\n"
  "    shlq    $4, %r12\n"
  "    xchgq   %rax, (%rdi,%r12)\n"
  "    cmpq    $0, %rax\n"                       /* test $0, %ax */
  "    je      .Lthread0_16\n"                   /* je .acquired */
  "    pause\n"                                  /* yield */
  "    jmp     .Lthread0_10\n"                   /* j .acquire */
  ".Lthread0_16:\n"
  "    movq    %r8, %r12\n"                      /* ret */
  "    subq    $127872, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_found_10\n"
  "    addq    $212, %r12\n"
  "    jmp     .Lthread0_found_9\n"
  ".Lthread0_found_10:\n"
  "    subq    $-127772, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread0_found_11\n"
  "    jmp     .Lthread0_found_9\n"
  ".Lthread0_found_11:\n"
  "    subq    $126772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_fault_16\n"
  "    addq    $68, %r12\n"
  ".Lthread0_found_9:\n"
  "    shlq    $4, %r12\n"
  "    movq    (%rdi,%r12), %r13\n"
  "    addq    $4, %r8\n"
  "    cmpq    $1002, %r13\n"
  "    je      .Lthread0_2\n"
  "    cmpq    $1006, %r13\n"
  "    je      .Lthread0_6\n"
  "    jmp     .Lthread0_fault_16\n"
  ".Lthread0_17:\n"
  "    movq    %rcx, %r12\n"                     /* mov $0, (%cx) */
  "    subq    $100, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread0_found_13\n"
  "    jmp     .Lthread0_found_12\n"
  ".Lthread0_found_13:\n"
  "    subq    $126772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_found_14\n"
  "    addq    $68, %r12\n"
  "    jmp     .Lthread0_found_12\n"
  ".Lthread0_found_14:\n"
  "    subq    $1000, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_fault_17\n"
  "    addq    $212, %r12\n"
  ".Lthread0_found_12:\n"
  "    shlq    $4, %r12\n"
  "    movq    $0, (%rdi,%r12)\n"
  "    movq    %r8, %r12\n"                      /* ret */
  "    subq    $127872, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_found_16\n"
  "    addq    $212, %r12\n"
  "    jmp     .Lthread0_found_15\n"
  ".Lthread0_found_16:\n"
  "    subq    $-127772, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread0_found_17\n"
  "    jmp     .Lthread0_found_15\n"
  ".Lthread0_found_17:\n"
  "    subq    $126772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread0_fault_18\n"
  "    addq    $68, %r12\n"
  ".Lthread0_found_15:\n"
  "    shlq    $4, %r12\n"
  "    movq    (%rdi,%r12), %r13\n"
  "    addq    $4, %r8\n"
  "    cmpq    $1002, %r13\n"
  "    je      .Lthread0_2\n"
  "    cmpq    $1006, %r13\n"
  "    je      .Lthread0_6\n"
  "    jmp     .Lthread0_fault_18\n"
  "thread0_end:\n"
  "    movq    $1, (%rsi)\n"                     /* ENDED */
  "thread0_leave:\n"
  "    popq    %r13\n"
  "    popq    %r12\n"
  "    popq    %rbx\n"
  "    ret\n"
  ".Lthread0_fault_1:\n"
  "    movq    $3, (%rsi)\n"                     /* FAULT + 1 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_3:\n"
  "    movq    $5, (%rsi)\n"                     /* FAULT + 3 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_5:\n"
  "    movq    $7, (%rsi)\n"                     /* FAULT + 5 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_6:\n"
  "    movq    $8, (%rsi)\n"                     /* FAULT + 6 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_11:\n"
  "    movq    $13, (%rsi)\n"                    /* FAULT + 11 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_16:\n"
  "    movq    $18, (%rsi)\n"                    /* FAULT + 16 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_17:\n"
  "    movq    $19, (%rsi)\n"                    /* FAULT + 17 */
  "    jmp     thread0_leave\n"
  ".Lthread0_fault_18:\n"
  "    movq    $20, (%rsi)\n"                    /* FAULT + 18 */
  "    jmp     thread0_leave\n"
  "thread0_stop:\n"
  "    movq    $-1, (%rsi)\n"                    /* STOPPED: the run did not end */
  "    jmp     thread0_leave\n"
);

/* Thread 1: %rdi points to the cells of a run, %rsi to the thread's results. */
asm(
  ".text\n"
  "thread1:\n"
  "    pushq   %rbx\n"
  "    pushq   %r12\n"
  "    pushq   %r13\n"
  "thread1_first:\n"
  "    movq    $0, %rax\n"                       /* ax at the start */
  "    movq    $2, %rbx\n"                       /* bx at the start */
  "    movq    $0, %rcx\n"                       /* cx at the start */
  "    movq    $127000, %r8\n"                   /* sp at the start */
  "    movq    $100, %rcx\n"                     /* lea lock, %cx */
  ".Lthread1_1:\n"
  "    subq    $4, %r8\n"                        /* call .acquire */
  "    movq    %r8, %r12\n"
  "    subq    $126872, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_found_1\n"
  "    addq    $68, %r12\n"
  "    jmp     .Lthread1_found_0\n"
  ".Lthread1_found_1:\n"
  "    subq    $-126772, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread1_found_2\n"
  "    jmp     .Lthread1_found_0\n"
  ".Lthread1_found_2:\n"
  "    subq    $127772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_fault_1\n"
  "    addq    $212, %r12\n"
  ".Lthread1_found_0:\n"
  "    shlq    $4, %r12\n"
  "    movq    $1002, (%rdi,%r12)\n"
  "    jmp     .Lthread1_10\n"
  ".Lthread1_2:\n"
  "    movq    64(%rdi), %rax\n"                 /* mov count, %ax */
  "    addq    $1, %rax\n"                       /* add $1, %ax */
  "    jo      .Lthread1_fault_3\n"
  "    movq    %rax, 64(%rdi)\n"                 /* mov %ax, count */
  "    subq    $4, %r8\n"                        /* call .release */
  "    movq    %r8, %r12\n"
  "    subq    $126872, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_found_4\n"
  "    addq    $68, %r12\n"
  "    jmp     .Lthread1_found_3\n"
  ".Lthread1_found_4:\n"
  "    subq    $-126772, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread1_found_5\n"
  "    jmp     .Lthread1_found_3\n"
  ".Lthread1_found_5:\n"
  "    subq    $127772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_fault_5\n"
  "    addq    $212, %r12\n"
  ".Lthread1_found_3:\n"
  "    shlq    $4, %r12\n"
  "    movq    $1006, (%rdi,%r12)\n"
  "    jmp     .Lthread1_17\n"
  ".Lthread1_6:\n"
  "    subq    $1, %rbx\n"                       /* sub $1, %bx */
  "    jo      .Lthread1_fault_6\n"
  "    cmpq    $0, %rbx\n"                       /* test $0, %bx */
  "    jg      .Lthread1_1\n"                    /* jgt .round */
  "    jmp     thread1_end\n"                    /* halt */
  ".Lthread1_10:\n"
  "    movq    $1, %rax\n"                       /* mov $1, %ax */
  "    movq    %rcx, %r12\n"                     /* xchg %ax, (%cx) */
  "    subq    $100, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread1_found_7\n"
  "    jmp     .Lthread1_found_6\n"
  ".Lthread1_found_7:\n"
  "    subq    $126772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_found_8\n"
  "    addq    $68, %r12\n"
  "    jmp     .Lthread1_found_6\n"
  ".Lthread1_found_8:\n"
  "    subq    $1000, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_fault_11\n"
  "    addq    $212, %r12\n"
  ".Lthread1_found_6:\n"
  "    shlq    $4, %r12\n"
  "    xchgq   %rax, (%rdi,%r12)\n"
  "    cmpq    $0, %rax\n"                       /* test $0, %ax */
  "    je      .Lthread1_16\n"                   /* je .acquired */
  "    pause\n"                                  /* yield */
  "    jmp     .Lthread1_10\n"                   /* j .acquire */
  ".Lthread1_16:\n"
  "    movq    %r8, %r12\n"                      /* ret */
  "    subq    $126872, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_found_10\n"
  "    addq    $68, %r12\n"
  "    jmp     .Lthread1_found_9\n"
  ".Lthread1_found_10:\n"
  "    subq    $-126772, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread1_found_11\n"
  "    jmp     .Lthread1_found_9\n"
  ".Lthread1_found_11:\n"
  "    subq    $127772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_fault_16\n"
  "    addq    $212, %r12\n"
  ".Lthread1_found_9:\n"
  "    shlq    $4, %r12\n"
  "    movq    (%rdi,%r12), %r13\n"
  "    addq    $4, %r8\n"
  "    cmpq    $1002, %r13\n"
  "    je      .Lthread1_2\n"
  "    cmpq    $1006, %r13\n"
  "    je      .Lthread1_6\n"
  "    jmp     .Lthread1_fault_16\n"
  ".Lthread1_17:\n"
  "    movq    %rcx, %r12\n"                     /* mov $0, (%cx) */
  "    subq    $100, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread1_found_13\n"
  "    jmp     .Lthread1_found_12\n"
  ".Lthread1_found_13:\n"
  "    subq    $126772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_found_14\n"
  "    addq    $68, %r12\n"
  "    jmp     .Lthread1_found_12\n"
  ".Lthread1_found_14:\n"
  "    subq    $1000, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_fault_17\n"
  "    addq    $212, %r12\n"
  ".Lthread1_found_12:\n"
  "    shlq    $4, %r12\n"
  "    movq    $0, (%rdi,%r12)\n"
  "    movq    %r8, %r12\n"                      /* ret */
  "    subq    $126872, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_found_16\n"
  "    addq    $68, %r12\n"
  "    jmp     .Lthread1_found_15\n"
  ".Lthread1_found_16:\n"
  "    subq    $-126772, %r12\n"
  "    cmpq    $68, %r12\n"
  "    jae     .Lthread1_found_17\n"
  "    jmp     .Lthread1_found_15\n"
  ".Lthread1_found_17:\n"
  "    subq    $127772, %r12\n"
  "    cmpq    $144, %r12\n"
  "    jae     .Lthread1_fault_18\n"
  "    addq    $212, %r12\n"
  ".Lthread1_found_15:\n"
  "    shlq    $4, %r12\n"
  "    movq    (%rdi,%r12), %r13\n"
  "    addq    $4, %r8\n"
  "    cmpq    $1002, %r13\n"
  "    je      .Lthread1_2\n"
  "    cmpq    $1006, %r13\n"
  "    je      .Lthread1_6\n"
  "    jmp     .Lthread1_fault_18\n"
  "thread1_end:\n"
  "    movq    $1, (%rsi)\n"                     /* ENDED */
  "thread1_leave:\n"
  "    popq    %r13\n"
  "    popq    %r12\n"
  "    popq    %rbx\n"
  "    ret\n"
  ".Lthread1_fault_1:\n"
  "    movq    $3, (%rsi)\n"                     /* FAULT + 1 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_3:\n"
  "    movq    $5, (%rsi)\n"                     /* FAULT + 3 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_5:\n"
  "    movq    $7, (%rsi)\n"                     /* FAULT + 5 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_6:\n"
  "    movq    $8, (%rsi)\n"                     /* FAULT + 6 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_11:\n"
  "    movq    $13, (%rsi)\n"                    /* FAULT + 11 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_16:\n"
  "    movq    $18, (%rsi)\n"                    /* FAULT + 16 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_17:\n"
  "    movq    $19, (%rsi)\n"                    /* FAULT + 17 */
  "    jmp     thread1_leave\n"
  ".Lthread1_fault_18:\n"
  "    movq    $20, (%rsi)\n"                    /* FAULT + 18 */
  "    jmp     thread1_leave\n"
  "thread1_stop:\n"
  "    movq    $-1, (%rsi)\n"                    /* STOPPED: the run did not end */
  "    jmp     thread1_leave\n"
);

/* Where jumps go, and from which operation of the test on that is. */
struct label {
  const char *place;
  int64_t operation;
};
asm(
  ".data\n"
  "thread0_labels:\n"
  "    .quad .Lthread0_1, 1\n"
  "    .quad .Lthread0_2, 2\n"
  "    .quad .Lthread0_6, 6\n"
  "    .quad .Lthread0_10, 10\n"
  "    .quad .Lthread0_16, 16\n"
  "    .quad .Lthread0_17, 17\n"
  "thread1_labels:\n"
  "    .quad .Lthread1_1, 1\n"
  "    .quad .Lthread1_2, 2\n"
  "    .quad .Lthread1_6, 6\n"
  "    .quad .Lthread1_10, 10\n"
  "    .quad .Lthread1_16, 16\n"
  "    .quad .Lthread1_17, 17\n"
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

static const struct thread threads[THREADS] = {
  {thread0, thread0_first, thread0_end, thread0_stop, thread0_labels, 6},
  {thread1, thread1_first, thread1_end, thread1_stop, thread1_labels, 6},
};

/* Cells that are not 0 at the start. */
static const struct {
  size_t at;
  int64_t value;
} initial_cells[INITIAL_CELLS + 1] = {
};

/* The outcome of a run: the values of what is observed. */
static void observe(const char *cells, const int64_t *const *results, int64_t *values) {
  values[0] = *(const int64_t *)(cells + 0);     /* lock */
  values[1] = *(const int64_t *)(cells + 64);    /* count */
  (void)cells, (void)results;
}
