/* ---- What the other parts need: memory, failures, and where a thread is. -------------------------------------------------------------- */

/* All memory that workers share is here, below 4 GB, so that a virtual machine can have it at the same addresses. */
#define ARENA ((char *)0x40000000)
static size_t arena_bytes, arena_used;
static pthread_t hosts[THREADS]; /* the thread of this process that each worker runs on */
static int64_t stuck_notes; /* how often a thread was found stuck */
static int64_t places[THREADS][OPERATIONS + 1]; /* how often a thread was stuck behind this operation */

_Noreturn static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(EXIT_FAILURE);
}

static void open_arena(size_t bytes) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  arena_bytes = (bytes + 4095) & ~(size_t)4095;
  if (mmap(ARENA, arena_bytes, PROT_READ | PROT_WRITE, flags, -1, 0) != ARENA) fail("mmap");
}

/* Zeroed memory of the arena, in whole pages. */
static void *allocate(size_t bytes) {
  void *memory = ARENA + arena_used;
  arena_used += (bytes + 4095) & ~(size_t)4095;
  if (arena_used <= arena_bytes) return memory;
  errno = ENOMEM;
  fail("the arena");
}

/* The thread of the test whose code is at a place, if any. */
static const struct thread *thread_at(const char *place) {
  for (int t = 0; t < THREADS; t++)
    if (place >= threads[t].first && place < threads[t].end) return &threads[t];
  return NULL;
}

/* Notes the last label in front of the place where a thread was stuck. */
static void note_stuck(const struct thread *thread, const char *place) {
  int operation = 0;
  for (int i = 0; i < thread->label_count; i++)
    if (thread->labels[i].place <= place) operation = thread->labels[i].operation;
  __atomic_add_fetch(&stuck_notes, 1, __ATOMIC_RELAXED);
  __atomic_add_fetch(&places[thread - threads][operation], 1, __ATOMIC_RELAXED);
}

enum { NAP_MS = 10 }; /* a sleeper looks again after this time, whatever happens */

/* Sleeps while a word still has a value. */
static void wait_for_change(volatile int *word, int value) {
  struct timespec nap = {.tv_nsec = NAP_MS * 1000000};
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, &nap, NULL, 0);
}

static void announce_change(volatile int *word) { syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, THREADS, NULL, NULL, 0); }
