/* ---- The process: starts the workers, watches over them, prints what they have seen. --------------------------------------------------
 * usage: PROGRAM RUNS BATCH tsc|flag SECONDS CPU,CPU,…
 * It prints lines: `outcome COUNT VALUE…`; `faulty COUNT` and `stuck COUNT`, the runs that did not come to an end; `fault COUNT THREAD
 * OPERATION` and `place COUNT THREAD OPERATION`, where these threads were; then `so-far RUNS SECONDS` or, at last, `end RUNS SECONDS
 * REASON`. Each such group of lines is about all runs until then. */

enum { WORKER_BYTES = 64 << 10, FIXED_BYTES = 64 << 10 }; /* of the arena, for what else is allocated; generous */
enum { TICK_MS = 50, TICKS_PER_REPORT = 5, MOST_REPORTED = 1000, MOST_STUCK = 5 };

static const double STUCK_SECONDS = 0.1; /* of processor time without progress, and a run is held to be without end */
static const double STOP_SECONDS = 0.01; /* the same once the process is to stop */

static volatile int finished;
static int processors_given[THREADS];

static double seconds_on(clockid_t clock) {
  struct timespec time = {0};
  clock_gettime(clock, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void *worker_main(void *argument) {
  int self = (int)(intptr_t)argument;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processors_given[self], &set);
  if (sched_setaffinity(0, sizeof set, &set)) fail("sched_setaffinity");
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGUSR1);
  pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
  run_worker(self);
  __atomic_add_fetch(&finished, 1, __ATOMIC_SEQ_CST);
  kill(getpid(), SIGUSR2);
  return NULL;
}

static void print_outcomes(const struct histogram *all) {
  for (int i = 0; i < OUTCOMES; i++) {
    const struct outcome *outcome = &all->outcomes[i];
    if (!outcome->count) continue;
    printf("outcome %" PRId64, outcome->count);
    for (int v = 0; v < LOCATIONS; v++) printf(" %" PRId64, outcome->values[v]);
    putchar('\n');
  }
}

/* Prints what was seen so far; returns the number of runs. */
static int64_t print_histogram(int most) {
  static struct histogram all;
  memset(&all, 0, sizeof all);
  int64_t runs = 0;
  for (int w = 0; w < THREADS; w++)
    for (int i = 0; i < OUTCOMES; i++) {
      struct outcome *outcome = &histograms[w].outcomes[i];
      int64_t count = __atomic_load_n(&outcome->count, __ATOMIC_ACQUIRE);
      runs += count;
      if (count && !add(&all, outcome->values, count)) shared.stop = OUT_OF_ROOM;
    }
  if (all.used <= most) print_outcomes(&all);
  for (int t = 0; t < THREADS; t++)
    for (int o = 0; o <= OPERATIONS; o++) {
      if (faults[t][o]) printf("fault %" PRId64 " %d %d\n", faults[t][o], t, o);
      if (places[t][o]) printf("place %" PRId64 " %d %d\n", places[t][o], t, o);
    }
  if (faulty_runs) printf("faulty %" PRId64 "\n", faulty_runs);
  if (stuck_runs) printf("stuck %" PRId64 "\n", stuck_runs);
  return runs + faulty_runs + stuck_runs;
}

/* Gets workers out of runs that do not end: where every worker waits for the others or has used its processor for long without progress. A
 * worker that has no processor for a while is not taken for stuck, nor are those that spin until it comes back. */
static void watch_over(double *used, int64_t *progress) {
  static int64_t noted;
  static int rounds;
  if (noted != stuck_notes) rounds++;
  noted = stuck_notes;
  if (shared.stop == RUNNING && rounds >= MOST_STUCK) shared.stop = STUCK;
  double most = shared.stop == RUNNING ? STUCK_SECONDS : STOP_SECONDS, now[THREADS];
  for (int w = 0; w < THREADS; w++) {
    clockid_t clock;
    if (pthread_getcpuclockid(hosts[w], &clock)) return; /* it has just ended */
    now[w] = seconds_on(clock);
    if (progress[w] != shared.workers[w].progress) used[w] = now[w];
    progress[w] = shared.workers[w].progress;
  }
  for (int w = 0; w < THREADS; w++)
    if (!is_waiting(w) && now[w] - used[w] <= most) return;
  for (int w = 0; w < THREADS; w++) {
    used[w] = now[w];
    if (!is_waiting(w)) kick(w);
  }
}

static const char *reason(void) {
  switch (shared.stop) {
    case CANCELLED: return "cancelled";
    case OUT_OF_TIME: return "time";
    case OUT_OF_ROOM: return "room";
    case STUCK: return "stuck";
    default: return "done";
  }
}

static void watch(const sigset_t *signals, double limit) {
  double start = seconds_on(CLOCK_MONOTONIC), used[THREADS] = {0};
  int64_t progress[THREADS] = {0};
  for (int tick = 1; finished < THREADS; tick++) {
    struct timespec pause = {.tv_nsec = TICK_MS * 1000000};
    int signal = sigtimedwait(signals, NULL, &pause);
    if ((signal == SIGINT || signal == SIGTERM) && shared.stop == RUNNING) shared.stop = CANCELLED;
    double now = seconds_on(CLOCK_MONOTONIC) - start;
    if (now > limit && shared.stop == RUNNING) shared.stop = OUT_OF_TIME;
    if (signal < 0) watch_over(used, progress);
    if (tick % TICKS_PER_REPORT || finished == THREADS) continue;
    int64_t runs = print_histogram(MOST_REPORTED);
    printf("so-far %" PRId64 " %f\n", runs, now);
    fflush(stdout);
  }
  double now = seconds_on(CLOCK_MONOTONIC) - start;
  for (int w = 0; w < THREADS; w++) pthread_join(hosts[w], NULL);
  int64_t runs = print_histogram(OUTCOMES);
  printf("end %" PRId64 " %f %s\n", runs, now, reason());
}

int main(int count, char **words) {
  prctl(PR_SET_PDEATHSIG, SIGKILL); /* nothing is left behind when the caller dies */
  if (count != 6) return EXIT_FAILURE;
  shared.runs = atoll(words[1]);
  shared.batch = atoi(words[2]);
  shared.stride = shared.batch > STRIDE && shared.batch % STRIDE ? STRIDE : 1;
  shared.deadlines = strcmp(words[3], "tsc") == 0;
  int processors_used = 0;
  for (char *word = strtok(words[5], ","); word && processors_used < THREADS; word = strtok(NULL, ","))
    processors_given[processors_used++] = atoi(word);
  for (int w = processors_used; w < THREADS; w++) processors_given[w] = processors_given[w % processors_used];
  int enough = processors_used == THREADS;
  shared.patience = enough ? 2000 : 1;
  shared.deadlines &= enough; /* threads that share a processor cannot start together */
  shared.period = 4 * SHORTEST_PERIOD;
  shared.random = (uint32_t)ticks() | 1;
  size_t cells = (size_t)shared.batch * INSTANCE_BYTES, results = (size_t)shared.batch * SLOTS * sizeof(int64_t);
  open_arena(cells + THREADS * (results + WORKER_BYTES) + FIXED_BYTES);
  shared.cells = allocate(cells);
  for (int w = 0; w < THREADS; w++) {
    shared.results[w] = allocate(results);
    shared.workers[w].random = next_random(&shared.random);
    shared.thread_of[w] = w;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  sigdelset(&signals, SIGUSR1);
  sigaddset(&signals, SIGUSR2);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  prepare_backend();
  for (int w = 0; w < THREADS; w++)
    if ((errno = pthread_create(&hosts[w], NULL, worker_main, (void *)(intptr_t)w))) fail("pthread_create");
  watch(&signals, atof(words[4]));
  return EXIT_SUCCESS;
}
