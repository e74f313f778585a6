import postgres from 'postgres';

type Transaction = postgres.TransactionSql;
type Work<T> = (client: Transaction) => T | Promise<T>;

/**
 * The pool, with transactions that ask nothing more of a connection that is gone. The driver would write to a socket that it
 * has no more, where nothing can catch what is thrown, and the process would end. Whoever waits for the transaction is told
 * that it broke; what its work still waits for never comes.
 */
export function leaveClosed(client: postgres.Sql): postgres.Sql {
  const begin = <T>(work: Work<T>): Promise<unknown> => {
    let gone = false;
    const done = client.begin((inner) => work(guarded(inner, () => gone)));
    // The driver tells of a connection that closes at once, so this comes before the work can ask for anything else.
    done.catch(() => {
      gone = true;
    });
    return done;
  };
  return replaced(client, 'begin', begin);
}

const guarded = (client: Transaction, isGone: () => boolean): Transaction =>
  replaced(client, 'unsafe', (...asked: Parameters<Transaction['unsafe']>) =>
    isGone() ? answerOf(new Promise(() => undefined)) : answerOf(client.unsafe(...asked)),
  );

type Rows = Promise<unknown> & { readonly values?: () => Rows };

/** As much of a query of the driver as drizzle uses. */
const answerOf = (query: Rows): PromiseLike<unknown> & { readonly values: () => unknown } => ({
  values: () => answerOf(query.values?.() ?? query),
  // biome-ignore lint/suspicious/noThenProperty: a query is sent once somebody waits for it, as those of the driver are.
  then: (kept, broken) =>
    new Promise((resolve, reject) => {
      query.then(resolve, (error) => {
        if (!isOfConnection(error)) reject(error);
      });
    }).then(kept, broken),
});

/** The transaction itself breaks with the connection; were its work told too, it would be rolled back over what is gone. */
function isOfConnection(error: unknown): boolean {
  if (error instanceof postgres.PostgresError || !(error instanceof Error) || !('code' in error))
    return false;
  return /^(CONNECTION_|E[A-Z]+$|ERR_STREAM)/.test(String(error.code));
}

function replaced<T extends object>(of: T, name: keyof T, by: unknown): T {
  return new Proxy(of, {
    get: (target, asked, receiver) => (asked === name ? by : Reflect.get(target, asked, receiver)),
  });
}
