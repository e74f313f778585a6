import { destructive, mutating, readOnly, type Verdict } from '../risk.ts';

/** One request; null stands for what is known only when it runs. */
interface HttpRequest {
  readonly method: string | null;
  readonly url: string | null;
}

/** A path that ends a segment with one of the words, or names one as the action of its query. */
function pathWith(words: string): RegExp {
  const any = words.trim().split(/\s+/).join('|');
  return new RegExp(`/(?:${any})(?=[/?#]|$)|[?&](?:action|cmd|command|op)=(?:${any})(?=&|$)`, 'i');
}

/** Paths that delete or take a service away, whatever the method says. */
const takesAway = pathWith(`
  _delete_by_query _shutdown quitquitquit -/quit _close shutdown merge forcemerge _forcemerge reboot poweroff exit safeexit
  stop kill purge delete remove drop destroy terminate delete_series flush_all flushall truncate wipe unload
`);

/** Paths with which even a GET changes something. */
const changes = pathWith(`
  restart reload start trigger reset refresh flush drain enable disable rollback promote failover create set saferestart
`);

/** Questions that are too long for an address and are sent as a POST: Elasticsearch, Prometheus, Loki, Grafana, InfluxDB. */
const asks = pathWith(`
  _search _msearch _count _analyze _explain _validate _mget _field_caps _sql _async_search _cluster/allocation/explain _render
  api/v1/query api/v1/query_range api/v1/series api/v1/labels api/v1/query_exemplars loki/api/v1/query
  loki/api/v1/query_range api/ds/query api/v2/query
`);

const methodsThatRead = new Set(['GET', 'HEAD', 'OPTIONS']);
const methodsThatChange = new Set(['POST', 'PUT', 'PATCH', 'PURGE', 'REFRESH', 'BAN']);

/**
 * Judges a request by its method and path: reading methods read unless the path names an action, other methods
 * change what the server makes of them, DELETE and unknown ones delete.
 */
export function judgeHttpRequest(program: string, { method, url }: HttpRequest): Verdict {
  if (method === null) return destructive(`${program}: its method is known only when it runs`);
  const path = url ?? '';
  if (takesAway.test(path) && method !== 'HEAD' && method !== 'OPTIONS') {
    return destructive(`${program} ${method} of an address that takes something away`);
  }
  if (methodsThatRead.has(method)) return judgeReading(program, method, path);
  if (method === 'POST' && asks.test(path)) return readOnly(`${program} ${method} asks a question`);
  return methodsThatChange.has(method)
    ? mutating(`${program} ${method} changes state`)
    : destructive(`${program} ${method} can delete`);
}

function judgeReading(program: string, method: string, path: string): Verdict {
  return changes.test(path)
    ? mutating(`${program} ${method} of an address that does something`)
    : readOnly(`${program} ${method} only fetches`);
}
