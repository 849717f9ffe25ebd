/* ---- The test ------------------------------------------------------------------------------------------------------------------------ */

enum {
  THREADS = 2,               /* of the test */
  LOCATIONS = 4,             /* what an outcome consists of: registers and cells */
  OPERATIONS = 10,           /* numbers for places in the test */
  OUTCOMES = 131072,         /* room for different outcomes */
  LINE = 64,                 /* bytes of a cache line */
  CELL_BYTES = 16,           /* distance of addresses 1 apart; variables are 4 apart, so each has its own line */
  INSTANCE_BYTES = 128,      /* the cells of one run */
  INITIAL_CELLS = 2,         /* cells that are not 0 at the start */
  SLOTS = 2,                 /* results of a thread: its status, and registers */
};

/* Variables, by their place in the cells of a run:
 *   x: 0(%rdi)
 *   y: 64(%rdi) */

/* Thread 0: %rdi points to the cells of a run, %rsi to the thread's results. */
asm(
  ".text\n"
  "thread0:\n"
  "    pushq   %r13\n"
  "thread0_first:\n"
  "    movq    $0, %rax\n"                       /* EAX at the start */
  "    movl    $2, (%rdi)\n"                     /* MOV [x],$2 */
  "    mfence\n"                                 /* MFENCE */
  "    movl    64(%rdi), %eax\n"                 /* MOV EAX,[y] */
  "thread0_end:\n"
  "    movslq  %eax, %r13\n"
  "    movq    %r13, 8(%rsi)\n"
  "    movq    $1, (%rsi)\n"                     /* ENDED */
  "thread0_leave:\n"
  "    popq    %r13\n"
  "    ret\n"
  "thread0_stop:\n"
  "    movq    $-1, (%rsi)\n"                    /* STOPPED: the run did not end */
  "    jmp     thread0_leave\n"
);

/* Thread 1: %rdi points to the cells of a run, %rsi to the thread's results. */
asm(
  ".text\n"
  "thread1:\n"
  "    pushq   %rbx\n"
  "    pushq   %r13\n"
  "thread1_first:\n"
  "    movq    $0, %rax\n"                       /* EAX at the start */
  "    movq    $2, %rbx\n"                       /* EBX at the start */
  "    xchgl   %ebx, 64(%rdi)\n"                 /* XCHG [y],EBX */
  "    cmpl    $1, (%rdi)\n"                     /* CMP [x],$1 */
  "    je      .Lthread1_8\n"                    /* JE L0 */
  "    lock incl 64(%rdi)\n"                     /* LOCK; INC [y] */
  ".Lthread1_8:\n"
  "    movl    (%rdi), %eax\n"                   /* MOV EAX,[x] */
  "thread1_end:\n"
  "    movslq  %eax, %r13\n"
  "    movq    %r13, 8(%rsi)\n"
  "    movq    $1, (%rsi)\n"                     /* ENDED */
  "thread1_leave:\n"
  "    popq    %r13\n"
  "    popq    %rbx\n"
  "    ret\n"
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
  "thread1_labels:\n"
  "    .quad .Lthread1_8, 8\n"
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
  {thread0, thread0_first, thread0_end, thread0_stop, thread0_labels, 0},
  {thread1, thread1_first, thread1_end, thread1_stop, thread1_labels, 1},
};

/* Cells that are not 0 at the start. */
static const struct {
  size_t at;
  int64_t value;
} initial_cells[INITIAL_CELLS + 1] = {
  {0, INT64_C(1)},
  {64, INT64_C(0)},
};

/* The outcome of a run: the values of what is observed. */
static void observe(const char *cells, const int64_t *const *results, int64_t *values) {
  values[0] = *(const int32_t *)(cells + 0);     /* x */
  values[1] = *(const int32_t *)(cells + 64);    /* y */
  values[2] = results[0][1];                     /* 0:EAX */
  values[3] = results[1][1];                     /* 1:EAX */
  (void)cells, (void)results;
}
