/* ---- Histogram: how often each outcome was seen. Every worker has one of its own; they are added up when they are printed. ------------ */

struct outcome {
  volatile int64_t count;
  int64_t values[LOCATIONS + 1]; /* + 1, because C has no empty arrays */
};

struct histogram {
  int used;
  struct outcome outcomes[OUTCOMES]; /* open addressing; OUTCOMES is a power of two */
};

static struct histogram histograms[THREADS];
static int64_t faults[THREADS][OPERATIONS + 1];
static int64_t faulty_runs, stuck_runs;

static int same(const int64_t *a, const int64_t *b) {
  for (int i = 0; i < LOCATIONS; i++)
    if (a[i] != b[i]) return 0;
  return 1;
}

/* The place of an outcome in a histogram: where it is, or where it would be. */
static struct outcome *find(struct histogram *histogram, const int64_t *values) {
  uint64_t hash = 0;
  for (int i = 0; i < LOCATIONS; i++) {
    hash = (hash ^ (uint64_t)values[i]) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  for (;; hash++) {
    struct outcome *outcome = &histogram->outcomes[hash % OUTCOMES];
    if (!outcome->count || same(outcome->values, values)) return outcome;
  }
}

/* Adds to the count of an outcome. Returns 0 where there is no room for a new one. */
static int add(struct histogram *histogram, const int64_t *values, int64_t count) {
  struct outcome *outcome = find(histogram, values);
  if (!outcome->count) {
    if (histogram->used >= OUTCOMES / 4 * 3) return 0;
    histogram->used++;
    for (int i = 0; i < LOCATIONS; i++) outcome->values[i] = values[i];
  }
  /* The count comes last: who prints meanwhile sees no outcome without its values. */
  __atomic_store_n(&outcome->count, outcome->count + count, __ATOMIC_RELEASE);
  return 1;
}

static int enter(struct histogram *histogram, const int64_t *values) { return add(histogram, values, 1); }
