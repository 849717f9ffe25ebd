/* ---- Back end "kvm": every worker is a virtual processor. -----------------------------------------------------------------------------
 * The machine has no kernel. It sees this program and its arena at their own addresses (physical = virtual = ours), and its
 * processors start in `guest`: 64-bit mode, privilege level 3, because software-assisted KVM executes that natively, and interprets the rest.
 * A store to DOORBELL, where the machine has no memory, comes out of KVM_RUN. */

#define DOORBELL ((volatile char *)0xc0000000)
enum { RING_DONE, RING_SLEEP, RING_WAKE };

extern char __executable_start[], end[]; /* made by the linker */

enum { GUEST_STACK = 32 << 10, GIGABYTES = 4, MOST_CPUID_ENTRIES = 256 };

static struct {
  int descriptor;
  struct kvm_run *run;
} processors[THREADS];

static volatile int wanted_out[THREADS]; /* workers that are to be got out of the test */

static void guest(int self) {
  work(self);
  for (;;) *DOORBELL = RING_DONE;
}

static void sleep_until_meeting(int self) {
  (void)self;
  *DOORBELL = RING_SLEEP;
}

static void wake_sleepers(void) { *DOORBELL = RING_WAKE; }

static int checked(int result, const char *what) {
  if (result < 0) fail(what);
  return result;
}

static void give_memory(int vm, int slot, uint64_t from, uint64_t to) {
  struct kvm_userspace_memory_region region = {
    .slot = slot, .guest_phys_addr = from, .memory_size = to - from, .userspace_addr = from};
  checked(ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region), "KVM_SET_USER_MEMORY_REGION");
}

/* Page tables that map the first four gigabytes to themselves, in pages of 2 MB that level 3 may use. Returns their root. */
static uint64_t identity_map(void) {
  enum { USABLE = 7 /* present, writable, user */, LARGE = 1 << 7, ENTRIES = 512 };
  uint64_t *root = allocate((GIGABYTES + 2) * 4096);
  uint64_t *gigabytes = root + ENTRIES, *pages = gigabytes + ENTRIES;
  root[0] = (uint64_t)gigabytes | USABLE;
  for (uint64_t g = 0; g < GIGABYTES; g++) gigabytes[g] = (uint64_t)(pages + g * ENTRIES) | USABLE;
  for (uint64_t p = 0; p < GIGABYTES * ENTRIES; p++) pages[p] = p << 21 | USABLE | LARGE;
  return (uint64_t)root;
}

static void start_processor(int descriptor, int self, uint64_t root) {
  struct kvm_sregs special;
  checked(ioctl(descriptor, KVM_GET_SREGS, &special), "KVM_GET_SREGS");
  special.cr3 = root;
  special.cr4 = 0x620;     /* PAE, OSFXSR, OSXMMEXCPT */
  special.cr0 = 0x80050033; /* PE, MP, ET, NE, WP, AM, PG */
  special.efer = 0x501;    /* SCE, LME, LMA */
  struct kvm_segment code = {
    .limit = ~0u, .selector = 0x33, .type = 11, .present = 1, .dpl = 3, .s = 1, .l = 1, .g = 1};
  struct kvm_segment data = {
    .limit = ~0u, .selector = 0x2b, .type = 3, .present = 1, .dpl = 3, .db = 1, .s = 1, .g = 1};
  special.cs = code;
  special.ds = special.es = special.fs = special.gs = special.ss = data;
  checked(ioctl(descriptor, KVM_SET_SREGS, &special), "KVM_SET_SREGS");
  uint64_t stack = (uint64_t)allocate(GUEST_STACK) + GUEST_STACK;
  struct kvm_regs registers = {
    .rip = (uint64_t)guest, .rdi = self, .rsp = stack - 8 /* as after a call */, .rflags = 2};
  checked(ioctl(descriptor, KVM_SET_REGS, &registers), "KVM_SET_REGS");
}

static void wake(int signal) { (void)signal; /* comes so that KVM_RUN returns */ }

static void prepare_backend(void) {
  sigaction(SIGUSR1, &(struct sigaction){.sa_handler = wake}, NULL);
  int kvm = checked(open("/dev/kvm", O_RDWR | O_CLOEXEC), "/dev/kvm");
  int vm = checked(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
  uint64_t root = identity_map();
  give_memory(vm, 0, (uint64_t)__executable_start & ~4095ull, ((uint64_t)end + 4095) & ~4095ull);
  give_memory(vm, 1, (uint64_t)ARENA, (uint64_t)ARENA + arena_bytes);
  struct kvm_cpuid2 *features = calloc(1, sizeof *features + MOST_CPUID_ENTRIES * sizeof *features->entries);
  features->nent = MOST_CPUID_ENTRIES;
  checked(ioctl(kvm, KVM_GET_SUPPORTED_CPUID, features), "KVM_GET_SUPPORTED_CPUID");
  size_t size = checked(ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0), "KVM_GET_VCPU_MMAP_SIZE");
  for (int self = 0; self < THREADS; self++) {
    int descriptor = checked(ioctl(vm, KVM_CREATE_VCPU, self), "KVM_CREATE_VCPU");
    checked(ioctl(descriptor, KVM_SET_CPUID2, features), "KVM_SET_CPUID2");
    processors[self].descriptor = descriptor;
    processors[self].run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (processors[self].run == MAP_FAILED) fail("the state of a virtual processor");
    start_processor(descriptor, self, root);
  }
}

/* Gets a worker out of the test, if it is there, and notes where it was. */
static void get_out(int descriptor) {
  struct kvm_regs registers;
  checked(ioctl(descriptor, KVM_GET_REGS, &registers), "KVM_GET_REGS");
  const struct thread *thread = thread_at((const char *)registers.rip);
  if (!thread) return;
  note_stuck(thread, (const char *)registers.rip);
  registers.rip = (uint64_t)thread->stop;
  checked(ioctl(descriptor, KVM_SET_REGS, &registers), "KVM_SET_REGS");
}

static void kick(int self) {
  wanted_out[self] = 1;
  pthread_kill(hosts[self], SIGUSR1);
}

static void run_worker(int self) {
  int descriptor = processors[self].descriptor;
  struct kvm_run *run = processors[self].run;
  for (;;) {
    if (ioctl(descriptor, KVM_RUN, 0) < 0) {
      if (errno != EINTR) fail("KVM_RUN");
      if (wanted_out[self]) get_out(descriptor);
      wanted_out[self] = 0;
    } else if (run->exit_reason == KVM_EXIT_MMIO) {
      if (run->mmio.data[0] == RING_DONE) return;
      if (run->mmio.data[0] == RING_WAKE) announce_change(&shared.meetings);
      else wait_for_change(&shared.meetings, shared.workers[self].awaited);
    } else {
      fprintf(stderr, "a virtual processor ended with exit reason %u\n", run->exit_reason);
      exit(EXIT_FAILURE);
    }
  }
}
