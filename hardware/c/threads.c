/* ---- Back end "threads": every worker is a thread of this process. -------------------------------------------------------------------- */

/* Runs on a worker that makes no progress: gets it out of the test, if it is there, and notes where it was. */
static void get_out(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  greg_t *place = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
  const struct thread *thread = thread_at((const char *)*place);
  if (!thread) return;
  note_stuck(thread, (const char *)*place);
  *place = (greg_t)thread->stop;
}

static void prepare_backend(void) {
  struct sigaction action = {.sa_sigaction = get_out, .sa_flags = SA_SIGINFO};
  sigaction(SIGUSR1, &action, NULL);
}

static void kick(int self) { pthread_kill(hosts[self], SIGUSR1); }

static void sleep_until_meeting(int self) { wait_for_change(&shared.meetings, shared.workers[self].awaited); }

static void wake_sleepers(void) { announce_change(&shared.meetings); }

static void run_worker(int self) { work(self); }
