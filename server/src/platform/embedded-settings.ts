import path from 'node:path';
import type { Home } from './embedded-home.js';

/**
 * The shell stays beside the server and holds our end of descriptor 3. When that end closes, and it
 * does even if we are killed without a word, the server is asked for a fast shutdown: no orphan.
 */
export const SUPERVISOR = [
  '"$0" "$@" </dev/null 3<&- & server=$!',
  '(cat >/dev/null; kill -INT $server 2>/dev/null) <&3 &',
  'wait $server',
].join('\n');

const SETTINGS: Record<string, string> = {
  // Reached by its socket alone: no port to clash with, none to protect.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  // One machine, a working set of some hundred megabytes, disks without a spindle.
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  // Statements are short and many; compiling one costs more than running it.
  jit: 'off',
  // A commit that was answered survives a power cut. Never trade this for speed.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  checkpoint_timeout: '15min',
  max_wal_size: '2GB',
  min_wal_size: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // `log` leaves out statement errors: the application reports those, and their text is personal.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
};

/** The command line of the server, beginning with its binary. */
export function serverArguments(home: Home, owner: string, port: number): string[] {
  const settings = {
    ...SETTINGS,
    port: String(port),
    unix_socket_directories: home.socket,
    'palmares.owner': owner,
  };
  return [
    path.join(home.binaries, 'postgres'),
    '-D',
    home.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
