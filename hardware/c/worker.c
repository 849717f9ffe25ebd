/* ---- Workers: one for each thread of the test, on a processor of its own --------------------------------------------------------------
 * The runs of a batch are independent copies of the test, each with cells of its own. All workers walk through them in the same order; where
 * they are to start together is agreed on in advance, as times of the time stamp counter. Nothing here calls the system or the C
 * library, because with KVM this code runs inside the virtual machine. */

enum {
  GROUP = 200,           /* runs between two meetings of the workers */
  STRIDE = 7,            /* distance of consecutive runs, so that prefetching does not couple them; a prime */
  HEAD_START = 1500,     /* ticks from a meeting to the first start */
  WAKE_UP = 100000,      /* the same where some worker sleeps */
  SHORTEST_PERIOD = 250, /* ticks from start to start, at least */
  LONGEST_PERIOD = 1 << 20,
};

enum { ENDED = 1, FAULT = 2, STOPPED = -1 }; /* status of a thread after a run: FAULT + its operation for a fault */

enum stop { RUNNING, DONE, CANCELLED, OUT_OF_TIME, OUT_OF_ROOM, STUCK };

static struct {
  /* Set before the workers start. */
  int64_t runs;
  int batch;
  int stride;      /* has no divisor in common with batch, so that a walk meets every run once */
  int deadlines;   /* whether starts are agreed on; otherwise workers start when they have met */
  int patience;    /* how often a waiting worker looks before it sleeps */
  char *cells;     /* INSTANCE_BYTES for each run of the batch */
  int64_t *results[THREADS]; /* SLOTS for each run of the batch */

  /* Written by the worker that comes last to a meeting. */
  _Alignas(LINE) volatile int arrived;
  _Alignas(LINE) volatile int meetings;
  volatile int sleepers;
  _Alignas(LINE) volatile uint64_t start;
  uint64_t period;
  uint32_t spread; /* starts are scattered over so many ticks; 0: not at all */
  uint32_t random;
  volatile int stopping;
  volatile int walked; /* runs of the last group that all workers have made */
  int thread_of[THREADS]; /* which thread of the test each worker plays */

  _Alignas(LINE) volatile int stop; /* enum stop; anybody may set it */
  struct {
    _Alignas(LINE) volatile int64_t progress; /* meetings that it has come to */
    volatile int awaited;                     /* the number of meetings that it sleeps on */
    int walked;                               /* runs of the last group that it has made */
    int late;                                 /* starts of the last group that it was too slow for */
    uint32_t random;
  } workers[THREADS];
} shared;

/* What a back end provides: */
static void sleep_until_meeting(int self); /* or a little longer; may return before */
static void wake_sleepers(void);

/* Whether a worker has come to a meeting and the others have not. */
static int is_waiting(int self) { return shared.workers[self].progress > shared.meetings; }

static inline uint64_t ticks(void) {
  uint32_t low, high;
  asm volatile("rdtsc" : "=a"(low), "=d"(high));
  return (uint64_t)high << 32 | low;
}

static uint32_t next_random(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

/* Shuffles which worker plays which thread, so that no thread is tied to a processor. */
static void shuffle(void) {
  for (int w = THREADS - 1; w > 0; w--) {
    int other = next_random(&shared.random) % (w + 1);
    int thread = shared.thread_of[w];
    shared.thread_of[w] = shared.thread_of[other];
    shared.thread_of[other] = thread;
  }
}

/* Plans the starts of the next group: closer together while nobody is late, further apart when too many are. */
static void begin_group(void) {
  int late = 0;
  for (int w = 0; w < THREADS; w++) {
    late += shared.workers[w].late;
    shared.workers[w].late = 0;
  }
  uint64_t period = shared.period;
  if (late * 8 > GROUP * THREADS) period += period / 4;
  else if (late * 32 < GROUP * THREADS) period -= period / 16;
  if (period < SHORTEST_PERIOD) period = SHORTEST_PERIOD;
  if (period > LONGEST_PERIOD) period = LONGEST_PERIOD;
  shared.period = period;
  /* Starting at the very same time shows most; scattered starts show the other outcomes. */
  uint32_t random = next_random(&shared.random);
  shared.spread = random % 8 ? 0 : 16u << (random >> 8) % 6;
  shared.start = ticks() + (shared.sleepers ? WAKE_UP : HEAD_START);
}

static void begin_batch(void) {
  shuffle();
  begin_group();
}

/* What the worker does that comes last to a meeting. */
static void take_stock(void) {
  shared.stopping = shared.stop != RUNNING;
  shared.walked = shared.workers[0].walked;
  for (int w = 1; w < THREADS; w++)
    if (shared.workers[w].walked < shared.walked) shared.walked = shared.workers[w].walked;
}

/* Waits for all workers; the last one calls `prepare` before they go on. Who waits long sleeps: a worker that kept its processor busy
 * would not be given it at once when the others, back from where they were held up, need it most. */
static void meet(int self, void (*prepare)(void)) {
  int meetings = shared.meetings;
  shared.workers[self].progress++;
  if (__atomic_add_fetch(&shared.arrived, 1, __ATOMIC_SEQ_CST) == THREADS) {
    shared.arrived = 0;
    take_stock();
    if (prepare) prepare();
    __atomic_store_n(&shared.meetings, meetings + 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&shared.sleepers, __ATOMIC_SEQ_CST)) wake_sleepers();
    return;
  }
  for (int looks = 0; shared.meetings == meetings; looks++) {
    asm volatile("pause");
    if (looks < shared.patience) continue;
    shared.workers[self].awaited = meetings;
    __atomic_add_fetch(&shared.sleepers, 1, __ATOMIC_SEQ_CST);
    sleep_until_meeting(self);
    __atomic_sub_fetch(&shared.sleepers, 1, __ATOMIC_SEQ_CST);
    looks = 0;
  }
}

static void wait_until(uint64_t deadline) {
  /* A deadline far away can only come from counters that disagree. */
  while ((int64_t)(deadline - ticks()) > 0 && deadline - ticks() < (uint64_t)GROUP * LONGEST_PERIOD) {
  }
}

/* Takes part in the runs of a group, or in some of them when somebody says stop. `at` is the index of the first one. Returns the index behind
 * the last. */
static int run_group(int self, int at, int count) {
  const struct thread *thread = &threads[shared.thread_of[self]];
  int64_t *results = shared.results[shared.thread_of[self]];
  uint32_t spread = shared.spread;
  uint64_t start = shared.start, period = shared.period + spread;
  int64_t last_lag = 0;
  int late = 0, k = 0;
  for (; k < count && shared.stop == RUNNING; k++, start += period) {
    if (shared.deadlines) {
      uint64_t deadline = start + (spread ? next_random(&shared.workers[self].random) % spread : 0);
      int64_t lag = (int64_t)(ticks() - deadline);
      if (lag <= 0) wait_until(deadline);
      /* Who lost the processor for a while is behind once and then catches up; who is further and further behind is too slow. */
      else if (lag > last_lag) late++;
      last_lag = lag;
    }
    thread->run(shared.cells + (size_t)at * INSTANCE_BYTES, results + (size_t)at * SLOTS);
    at += shared.stride;
    if (at >= shared.batch) at -= shared.batch;
  }
  shared.workers[self].late = late;
  shared.workers[self].walked = k;
  return at;
}

static void reset(int run) {
  char *cells = shared.cells + (size_t)run * INSTANCE_BYTES;
  for (size_t at = 0; at < INSTANCE_BYTES; at += CELL_BYTES) *(volatile int64_t *)(cells + at) = 0;
  for (int i = 0; i < INITIAL_CELLS; i++) *(volatile int64_t *)(cells + initial_cells[i].at) = initial_cells[i].value;
}

/* Enters the result of a run in the worker's histogram. */
static void count_run(int self, int run) {
  const int64_t *results[THREADS];
  int stopped = 0, faulty = 0;
  for (int t = 0; t < THREADS; t++) {
    results[t] = shared.results[t] + (size_t)run * SLOTS;
    int64_t status = results[t][0];
    if (status == STOPPED) stopped = 1;
    else if (status >= FAULT) {
      faulty = 1;
      __atomic_add_fetch(&faults[t][status - FAULT], 1, __ATOMIC_RELAXED);
    }
  }
  if (faulty || stopped) {
    __atomic_add_fetch(faulty ? &faulty_runs : &stuck_runs, 1, __ATOMIC_RELAXED);
    return;
  }
  int64_t values[LOCATIONS + 1];
  observe(shared.cells + (size_t)run * INSTANCE_BYTES, results, values);
  if (!enter(&histograms[self], values)) shared.stop = OUT_OF_ROOM;
}

/* Makes a batch of `count` runs and returns how many of them were made before somebody said stop. */
static int run_batch(int self, int count) {
  int group = shared.deadlines ? GROUP : 1;
  int before = 0, done = 0, at = 0; /* `before`: without the last group */
  for (int run = self; run < shared.batch; run += THREADS) reset(run);
  for (void (*prepare)(void) = begin_batch; done < count; prepare = begin_group) {
    meet(self, prepare);
    if (shared.stopping) break;
    int size = count - done < group ? count - done : group;
    at = run_group(self, at, size);
    before = done;
    done += size;
  }
  meet(self, NULL);
  return done == 0 ? 0 : before + shared.walked;
}

/* The first batch warms up, and is not counted: it brings memory and code into reach, and finds out how close together starts can be. Where it
 * already meets runs that do not end, or somebody says stop, there may be no other batch: then it counts. */
static void work(int self) {
  int is_warm = 0;
  for (int64_t run = 0; run < shared.runs && !shared.stopping;) {
    int count = shared.runs - run < shared.batch ? (int)(shared.runs - run) : shared.batch;
    int done = run_batch(self, count);
    int counts = is_warm || shared.stopping || stuck_notes > 0;
    is_warm = 1;
    if (!counts) continue;
    for (int k = 0, at = 0; k < done; k++) {
      if (at % THREADS == self) count_run(self, at);
      at += shared.stride;
      if (at >= shared.batch) at -= shared.batch;
    }
    run += done;
  }
}
