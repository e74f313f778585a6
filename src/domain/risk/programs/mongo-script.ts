import { verdictFor } from '../judge-flag-rule.ts';
import { destructive, mutating, type Risk, readOnly, type Verdict, worstVerdict } from '../risk.ts';

/** Methods and functions of mongosh that only read or format, by name. */
const reading = new Set(
  `find findOne count countDocuments estimatedDocumentCount distinct aggregate explain limit skip sort toArray
    pretty forEach map filter next hasNext itcount size hint batchSize maxTimeMS projection project
    allowDiskUse readPref readConcern comment collation slice stats dataSize storageSize totalIndexSize
    totalSize latencyStats getIndexes indexes getIndexKeys validate isCapped serverStatus status conf config
    isMaster hello currentOp hostInfo serverBuildInfo serverCmdLineOpts version stats getMongo getName
    getCollectionNames getCollectionInfos listCollections listDatabases getDBNames getDBs getSiblingDB
    getCollection getProfilingStatus getProfilingLevel printReplicationInfo printSecondaryReplicationInfo
    printSlaveReplicationInfo getReplicationInfo printShardingStatus printCollectionStats getShardDistribution
    getShardVersion isBalancerRunning getBalancerState balancerCollectionStatus getLogComponents getUsers
    getUser getRoles getRole connectionStatus adminCommand runCommand getLastError ping top serverBits
    getFreeMonitoringStatus setReadPref setSecondaryOk slaveOk rsSecondaryOk secondaryOk print printjson
    printjsononeline tojson tojsononeline JSON stringify parse ISODate ObjectId NumberLong NumberInt
    NumberDecimal Date UUID Timestamp log keys values entries length push concat join split includes indexOf
    toString toFixed substring substr reduce some every toISOString getTime getTimestamp valueOf round floor
    ceil abs max min now match replace test startsWith endsWith reverse sort isArray parseInt parseFloat
    Number String Math function if for while return typeof switch catch in of quit exit getPlanCache list
    getSearchIndexes getClusterParameter objsize watch tryNext help fromDate trim padEnd padStart toLowerCase
    toUpperCase flat`.split(/\s+/),
);

const changing = new Set(
  `insertOne insertMany insert updateOne findOneAndUpdate findAndModify createIndex createIndexes ensureIndex
    killOp killSession setProfilingLevel createCollection createUser createRole createView grantRolesToUser
    setLogLevel save fsyncLock fsyncUnlock fsync startBalancer setBalancerState enableSharding shardCollection
    addShard moveChunk splitAt freeze hideIndex unhideIndex changeUserPassword addShardToZone addTagRange
    syncFrom reIndex rotateCertificates upsert`.split(/\s+/),
);

/** First keys of `runCommand({ … })`. */
const commandsThatRead = new Set(
  `ping serverStatus replSetGetStatus replSetGetConfig currentOp listDatabases listCollections listIndexes
   dbStats dbstats collStats collstats getParameter getCmdLineOpts buildInfo buildinfo hostInfo isMaster
   ismaster hello connPoolStats top count find distinct explain getLog listCommands features whatsmyuri
   connectionStatus usersInfo rolesInfo balancerStatus listShards getShardMap shardingState dataSize
   validate lockInfo aggregate`.split(/\s+/),
);
const commandsThatChange = new Set(
  `killOp setParameter fsync fsyncUnlock createIndexes profile logRotate insert balancerStart
   flushRouterConfig setFeatureCompatibilityVersion`.split(/\s+/),
);

/** Operators and keys that write or run code, wherever they stand. */
const writingStages = /^\$(?:out|merge|where|function|accumulator)$/;

const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`\\$]*`|[A-Za-z_$][\w$]*|\d[\w.]*|\s+|[\s\S]/gy;

/**
 * JavaScript of mongosh, judged by the names that it uses: every function that is called, and every property that
 * names a writing method, must be known. What is called in any other way (`x['drop']()`, `f()()`) is not understood.
 */
export function judgeMongoScript(code: string): Verdict {
  const tokens = (code.match(TOKENS) ?? []).filter((token) => !/^(?:\s|\/[/*])/.test(token));
  if (hasUnclearText(tokens)) return destructive('mongosh: text that is not understood');
  const verdicts = tokens.flatMap((token, index) => judgeToken(tokens, token, index));
  return worstVerdict([readOnly('mongosh only reads'), ...verdicts], readOnly(''));
}

function judgeToken(tokens: readonly string[], token: string, index: number): readonly Verdict[] {
  if (writingStages.test(unquoted(token)))
    return [destructive(`mongosh: ${unquoted(token)} writes or runs code`)];
  const next = tokens[index + 1];
  if (next === '(' && /^[)\]'"`]/.test(token))
    return [destructive('mongosh: a call of what is known only when it runs')];
  if (!/^[A-Za-z_$]/.test(token)) return [];
  const isProperty = tokens[index - 1] === '.';
  if (next === '(' || (isProperty && changing.has(token))) return judgeName(tokens, token, index);
  return isProperty &&
    /^(?:drop|delete|remove|replace|rename|shutdown|stepDown|update|bulkWrite|constructor$|__proto__)/.test(
      token,
    )
    ? [destructive(`mongosh: ${token}`)]
    : [];
}

/** Quotes that do not close, escapes that hide a name, and regular expressions with quotes in them. */
function hasUnclearText(tokens: readonly string[]): boolean {
  let insideRegex = false;
  for (const [index, token] of tokens.entries()) {
    const isQuoted = /^['"`]/.test(token);
    if (isQuoted && (insideRegex || token.length === 1 || /\\[ux]/.test(token))) return true;
    const isDivision = !insideRegex && /^\d/.test(tokens[index + 1] ?? '');
    if (token === '/' && !isDivision) insideRegex = !insideRegex;
  }
  return insideRegex;
}

function judgeName(tokens: readonly string[], name: string, index: number): readonly Verdict[] {
  if (name === 'runCommand' || name === 'adminCommand')
    return [judgeCommand(tokens.slice(index + 2, index + 4))];
  const risk: Risk = reading.has(name) ? 'read-only' : changing.has(name) ? 'mutating' : 'destructive';
  return risk === 'read-only' ? [] : [verdictFor(risk, `mongosh ${name}()`)];
}

/** `({ key: …` or `('key')`. */
function judgeCommand([open = '', key = '']: readonly string[]): Verdict {
  const name = unquoted(open === '{' ? key : open);
  if (commandsThatRead.has(name)) return readOnly(`mongosh: ${name} only reads`);
  return commandsThatChange.has(name)
    ? mutating(`mongosh: ${name} changes state`)
    : destructive(`mongosh: the command ${name} deletes, overwrites or is not known`);
}

function unquoted(token: string): string {
  return token.replace(/^(['"`])([\s\S]*)\1$/, '$2');
}
