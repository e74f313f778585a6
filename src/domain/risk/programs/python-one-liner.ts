/** Modules that compute, and those that only look at the machine as far as the names below are used. */
const modules =
  /^(?:json|sys|re|math|datetime|time|collections|itertools|statistics|base64|hashlib|uuid|ipaddress|urllib\.parse|platform|string|random|decimal|textwrap|csv|ssl|socket|zlib|binascii|struct|pprint|calendar|configparser|yaml|os|glob)$/;

/** Functions and methods that may be called. */
const calls = new Set(
  `print len sorted str int float sum min max abs round range enumerate zip map filter any all list dict set
    tuple bool repr type isinstance join split rsplit splitlines strip rstrip lstrip startswith endswith lower
    upper title replace format get items keys values count index find load loads dump dumps read readline
    readlines append now utcnow fromtimestamp utcfromtimestamp strftime strptime timestamp isoformat time
    gmtime localtime today timedelta datetime date Counter defaultdict most_common mean median stdev match
    search findall sub fullmatch group groups compile b64decode b64encode urlsafe_b64decode decode encode
    hexdigest md5 sha1 sha256 sha512 uuid4 uuid1 quote unquote urlparse parse_qs ip_network ip_address hosts
    system_alias node python_version release machine processor gethostbyname getaddrinfo gethostname getfqdn
    cpu_count getloadavg uname getcwd listdir getsize exists isfile isdir getmtime pprint reversed chr ord hex
    bin oct divmod pow next iter hash id safe_load total_seconds reader DictReader islice open getpid statvfs
    stat environ choice randint token_hex ceil floor sqrt log log10 and or not in if else for lambda return`.split(
    /\s+/,
  ),
);

/** Values, not functions. */
const attributes =
  /^(?:stdin|stdout|stderr|argv|path|version|version_info|buffer|OPENSSL_VERSION|environ|days|seconds|tm_\w+|maxsize|platform|executable|year|month|day|hour|minute|second|netloc|hostname|port|scheme|query|parse|pi|utc|timezone|\w*Error)$/;

/** Built-in functions that run code or reach anything by name. */
const opensCode =
  /^(?:open|eval|exec|compile|getattr|setattr|delattr|globals|locals|vars|input|breakpoint|dir|super|memoryview)$/;

const TOKENS = /#[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*|\d[\w.]*|\s+|[\s\S]/gy;

/**
 * True when a Python one-liner certainly only computes and prints: it imports known modules, calls known names and
 * nothing else, and opens files at most for reading. `os.system`, `exec`, `__import__` and the like are not known.
 */
export function pythonOnlyPrints(code: string): boolean {
  const tokens = (code.match(TOKENS) ?? []).filter((token) => !/^(?:[ \t]|#)/.test(token));
  const isOdd = tokens.some(
    (token) => /^(?:['"`@\\]|__\w*|as|def|class|with|del|exec|global)$/.test(token) || /__/.test(token),
  );
  // Only the safe loader of YAML makes plain values.
  if (tokens.includes('yaml') && tokens.includes('load')) return false;
  return !isOdd && importsKnown(code) && tokens.every((token, index) => isKnown(tokens, token, index));
}

function importsKnown(code: string): boolean {
  const plain = [...code.matchAll(/(?<!\bfrom\s+[\w.]+\s+)\bimport\s+([\w.]+(?:\s*,\s*[\w.]+)*)/g)];
  const named = [...code.matchAll(/\bfrom\s+([\w.]+)\s+import\s+([\w]+(?:\s*,\s*\w+)*)/g)];
  const names = plain.flatMap(([, list = '']) => list.split(/\s*,\s*/));
  const fromKnown = named.every(
    ([, module = '', list = '']) =>
      modules.test(module) && list.split(/\s*,\s*/).every((name) => calls.has(name)),
  );
  return names.every((name) => modules.test(name)) && fromKnown;
}

function isKnown(tokens: readonly string[], token: string, index: number): boolean {
  const isName = /^[A-Za-z_]/.test(token);
  const isCalled = tokens[index + 1] === '(';
  // What follows a dot could be handed on and called elsewhere, so it must be known even where it is not called.
  if (tokens[index - 1] === '.' && isName) return calls.has(token) || attributes.test(token);
  if (opensCode.test(token)) return token === 'open' && isCalled && opensToRead(tokens, index);
  if (!isCalled) return true;
  return isName ? calls.has(token) : !/^[)\]'"]/.test(token);
}

/** `open(file)` reads; with a second argument it may write. */
function opensToRead(tokens: readonly string[], index: number): boolean {
  return /^['"]/.test(tokens[index + 2] ?? '') && tokens[index + 3] === ')';
}
