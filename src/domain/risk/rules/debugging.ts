import { judgeGdb } from '../programs/gdb.ts';
import {
  destroys,
  destroysUnless,
  judgedBy,
  mutatesExcept,
  type RuleTable,
  reads,
  readsExcept,
  readsWith,
  runs,
  verbs,
} from '../rule.ts';

const traceFlags = `-f -ff -c -C -t -tt -ttt -T -v -y -yy -q -qq -r -i -k -n -w -x -xx -F -z -Z -d -e= -s= -P=
  -S= -a= -I= -b= -O= -u= -X= -p= --attach= --trace= --summary --follow-forks --string-limit= -l= -L -A=`;
// Injected faults change what the process sees.
const tampering = '-E= -e=inject* -e=fault* --inject= --fault=';

/** Looking into processes and the kernel: tracers, profilers, debuggers, and the tools of the JVM. */
export const debuggingRules: RuleTable = {
  'strace ltrace': runs(
    { harmless: traceFlags, writes: '-o= --output=', destructive: tampering },
    { alone: 'read-only' },
  ),
  perf: verbs({
    flags: {
      harmless:
        '-p= -t= -e= -a -g -F= -C= -u= -K -U --pid= --tid= -d -r= -i= --stdio --no-children -n -s= --sort=',
      writes: '-o= --output=',
    },
    reads: `top, list, report, script, annotate, diff, version, buildid-list, evlist, sched latency,
        sched timehist, mem report, bench`,
    mutates: 'record, sched record, mem record, lock record, kmem record, timechart record, archive',
    destroys: 'probe, kvm, inject, test, daemon, ftrace',
    only: {
      // A script is code of its own.
      script: readsExcept(
        { harmless: '-i= -F= --fields=', executes: '-s= --script= -g=' },
        { atMost: 0, otherwise: 'destructive' },
      ),
      stat: runs(
        {
          harmless: '-p= -t= -e= -a -d -r= -I= -C= -x= -A -v -B --pid= --tid= --event= --timeout=',
          writes: '-o= --output=',
        },
        { alone: 'read-only' },
      ),
      trace: runs(
        { harmless: '-p= -e= -s -S -a -F= -T --pid= --duration=', writes: '-o= --output=' },
        { alone: 'read-only' },
      ),
    },
  }),
  'gdb lldb': judgedBy(judgeGdb),
  'gstack pstack eu-stack': reads,
  gcore: mutatesExcept({ writes: '-o=' }),
  'py-spy': verbs({
    flags: { harmless: '-p= --pid= -r= -d= -s -n -l -j' },
    reads: 'dump, top',
    mutates: 'record',
  }),
  rbspy: verbs({ flags: { harmless: '-p= --pid=' }, reads: 'snapshot', mutates: 'record' }),
  asprof: readsExcept({ writes: '-f= -o=' }),
  bpftool: verbs({
    flags: { harmless: '-j -p -f -d' },
    reads: `prog show, prog list, map show, map list, map dump, map lookup, net show, net list, cgroup show,
        cgroup tree, perf show, link show, link list, feature probe, prog dump, btf list, btf dump, version,
        struct_ops list`,
  }),
  'biolatency biosnoop biotop execsnoop opensnoop tcpconnect tcpaccept tcplife tcpretrans tcptop runqlat cachestat cachetop ext4slower xfsslower filetop offcputime profile-bpfcc oomkill memleak':
    reads,
  'execsnoop-bpfcc opensnoop-bpfcc biolatency-bpfcc biosnoop-bpfcc tcpconnect-bpfcc tcplife-bpfcc tcpretrans-bpfcc runqlat-bpfcc cachestat-bpfcc':
    reads,
  // Without --unsafe its language can neither write nor run anything.
  bpftrace: destroysUnless({
    reading: '-l --list --info -V -e=',
    harmless: '-p= -q -f= -B= -v -d --no-warnings',
    executes: '--unsafe -c= -I= --include=',
    writes: '-o=',
  }),
  'trace-cmd': verbs({
    flags: {},
    reads: 'report, list, stat, show',
    mutates: 'record, start',
    destroys: 'reset, clear, stop',
  }),
  'blktrace btrace': mutatesExcept({}),
  blkparse: readsExcept({ writes: '-o= -d=' }),
  'crash drgn': destroys,
  numad: destroys,
  'turbostat powertop': readsExcept({
    writes: '-o= --out=',
    mutating: '--auto-tune',
    executes: '--workload=',
  }),
  cpupower: verbs({
    flags: { harmless: '-c=' },
    reads: 'frequency-info, idle-info, info, monitor',
    mutates: 'frequency-set, idle-set, set',
  }),
  'tuned-adm': verbs({
    flags: {},
    reads: 'active, list, recommend, verify, profile_info',
    mutates: 'profile',
    destroys: 'off',
  }),

  'jps jstat': reads,
  jstack: readsWith('-l -e -m'),
  jinfo: mutatesExcept({ reading: '-flags -sysprops', mutating: '-flag=' }),
  jmap: readsWith(
    { harmless: '-histo -heap -finalstats -clstats -finalizerinfo -histo:live', writes: '-dump' },
    { matching: /^[\w.-]+$/, otherwise: 'destructive' },
  ),
  jcmd: verbs({
    flags: { harmless: '-l -all' },
    skip: 1,
    reads: `Thread.print, VM.flags, VM.version, VM.uptime, VM.command_line, VM.system_properties,
      VM.native_memory, VM.classloader_stats, VM.classloaders, VM.stringtable, VM.symboltable, VM.metaspace,
      VM.info, VM.dynlibs, VM.events, VM.print_touched_methods, GC.heap_info, GC.class_histogram,
      GC.class_stats, GC.finalizer_info, help, PerfCounter.print, Compiler.codecache, Compiler.queue,
      Compiler.codelist, JFR.check, VM.log list, VM.systemdictionary, System.map`,
    mutates: `GC.run, GC.run_finalization, VM.log, VM.set_flag, JFR.start, ManagementAgent.start_local,
        ManagementAgent.status`,
    destroys: `GC.heap_dump, JFR.dump, JFR.stop, JVMTI.agent_load, Compiler.directives_add, VM.cds,
        ManagementAgent.start, ManagementAgent.stop`,
    alone: 'read-only',
  }),
  jhsdb: verbs({
    flags: {
      harmless: '--pid= --exe= --core= --mixed --heap --locks',
      writes: '--dumpfile=',
      destructive: '--binaryheap',
    },
    reads: 'jstack, jinfo, jmap',
  }),
  'dotnet-counters dotnet-stack dotnet-gcdump': verbs({
    flags: { harmless: '-p= --process-id= -n= --name=' },
    reads: 'ps, monitor, list, report',
  }),
  'eu-readelf readelf nm objdump size ldd addr2line c++filt pahole': readsExcept({}),
};
