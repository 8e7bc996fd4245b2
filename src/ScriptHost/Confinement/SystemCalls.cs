using System.Runtime.InteropServices;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>The numbers of Linux's system calls on one kind of processor, as far as the filter names them.</summary>
/// <param name="Audit">How the kernel names this kind of processor to a filter.</param>
/// <param name="Harmless">What a running .NET program needs and what reaches nothing outside it, whatever its arguments.</param>
/// <param name="Open">The older call without a folder; a processor may not have it.</param>
internal sealed record SystemCalls(
    uint Audit, uint Seccomp, uint OpenAt, uint? Open, uint StartThread, uint Kill, uint SignalThread, uint ProcessControl, uint DeviceControl, uint DescriptorControl, uint Limits,
    uint[] Harmless)
{
    // These numbers are the same on every processor.
    public const uint Clone3 = 435;
    public const uint CreateRuleset = 444;
    public const uint AddRule = 445;
    public const uint RestrictSelf = 446;

    private static readonly SystemCalls X64 = new(
        0xC000003E, 317, 257, 2, 56, 62, 234, 157, 16, 72, 302,
        [
            // read, write, close, stat, fstat, lstat, poll, lseek
            0, 1, 3, 4, 5, 6, 7, 8,
            // mmap, mprotect, munmap, brk, mremap, msync, mincore, madvise
            9, 10, 11, 12, 25, 26, 27, 28,
            // rt_sigaction, rt_sigprocmask, rt_sigreturn, rt_sigpending, rt_sigtimedwait, rt_sigsuspend, sigaltstack
            13, 14, 15, 127, 128, 130, 131,
            // pread64, readv, writev, preadv, access, pipe, select, sched_yield, dup, nanosleep
            17, 19, 20, 295, 21, 22, 23, 24, 32, 35,
            // getpid, exit, uname, flock, getcwd, readlink, gettimeofday, getrlimit, getrusage, sysinfo, times
            39, 60, 63, 73, 79, 89, 96, 97, 98, 99, 100,
            // getuid, getgid, geteuid, getegid, getppid, statfs, fstatfs, sched_getparam, sched_getscheduler, sched_get_priority_max and _min
            102, 104, 107, 108, 110, 137, 138, 143, 145, 146, 147,
            // arch_prctl, gettid, time
            158, 186, 201,
            // futex, sched_setaffinity, sched_getaffinity, getdents64, set_tid_address, restart_syscall
            202, 203, 204, 217, 218, 219,
            // clock_gettime, clock_getres, clock_nanosleep, exit_group, get_mempolicy, newfstatat, readlinkat, faccessat, pselect6, ppoll
            228, 229, 230, 231, 239, 262, 267, 269, 270, 271,
            // set_robust_list, dup3, pipe2, getcpu, getrandom, membarrier, statx, rseq, faccessat2
            273, 292, 293, 309, 318, 324, 332, 334, 439,
        ]);

    private static readonly SystemCalls Arm64 = new(
        0xC00000B7, 277, 56, null, 220, 129, 131, 167, 29, 25, 261,
        [
            // getcwd, dup, dup3, flock, statfs, fstatfs, faccessat, close, pipe2, getdents64, lseek, read, write, readv, writev, pread64, preadv
            17, 23, 24, 32, 43, 44, 48, 57, 59, 61, 62, 63, 64, 65, 66, 67, 69,
            // pselect6, ppoll, readlinkat, newfstatat, fstat, exit, exit_group, set_tid_address, futex, set_robust_list, nanosleep
            72, 73, 78, 79, 80, 93, 94, 96, 98, 99, 101,
            // clock_gettime, clock_getres, clock_nanosleep, restart_syscall
            113, 114, 115, 128,
            // sched_getscheduler, sched_getparam, sched_setaffinity, sched_getaffinity, sched_yield, sched_get_priority_max and _min
            120, 121, 122, 123, 124, 125, 126,
            // sigaltstack, rt_sigsuspend, rt_sigaction, rt_sigprocmask, rt_sigpending, rt_sigtimedwait, rt_sigreturn
            132, 133, 134, 135, 136, 137, 139,
            // times, uname, getrlimit, getrusage, getcpu, gettimeofday, getpid, getppid, getuid, geteuid, getgid, getegid, gettid, sysinfo
            153, 160, 163, 165, 168, 169, 172, 173, 174, 175, 176, 177, 178, 179,
            // brk, munmap, mremap, mmap, mprotect, msync, mincore, madvise, get_mempolicy, getrandom, membarrier, statx, rseq, faccessat2
            214, 215, 216, 222, 226, 227, 232, 233, 236, 278, 283, 291, 293, 439,
        ]);

    /// <summary>Those of this machine, or null where the filter does not know its processor.</summary>
    public static SystemCalls? OfThisMachine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        _ => null,
    };
}
