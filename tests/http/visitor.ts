/** What a test sends with a request. */
type Sent = {
  readonly signal?: AbortSignal;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
};

/** A browser without a screen: keeps its cookies and knows the token of its pages. */
export type Visitor = {
  ask(path: string, sent?: Sent): Promise<Response>;
  /** A form of a page of ours, with the page's token. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  /** A form with a file. */
  upload(path: string, fields: Readonly<Record<string, string | File>>): Promise<Response>;
  /** What the flow editor sends. */
  postJson(path: string, body: unknown): Promise<Response>;
  token(): Promise<string>;
  /** The cookie header it would send. */
  cookies(): string;
};

function tokenOf(html: string): string {
  const found = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? /"csrfToken\\?",\\?"([\w-]+)/.exec(html)?.[1];
  if (!found) throw new Error('Expected the page to hold a token, but it does not');
  return found;
}

/** How a browser finds its server. */
export type VisitorOptions = {
  /** The server's address, or where the next request goes. */
  readonly base: string | (() => string);
  /** Milliseconds an answer is waited for; for ever unless told. */
  readonly patience?: number;
};

/** Opens a browser on the server. Redirects are answers, not followed. */
export function newVisitor(at: string | VisitorOptions): Visitor {
  const { base, patience }: VisitorOptions = typeof at === 'string' ? { base: at } : at;
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  let known: string | undefined;
  const ask = async (path: string, { signal, method = 'GET', headers = {}, body }: Sent = {}): Promise<Response> => {
    const answer = await fetch(`${typeof base === 'string' ? base : base()}${path}`, {
      method,
      ...(patience === undefined ? {} : { signal: AbortSignal.timeout(patience) }),
      redirect: 'manual',
      ...(signal && { signal }),
      headers: { cookie: cookies(), ...headers },
      ...(body === undefined ? {} : { body }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const split = pair.indexOf('=');
      if (/max-age=0\b/i.test(line)) jar.delete(pair.slice(0, split));
      else jar.set(pair.slice(0, split), pair.slice(split + 1));
      known = undefined;
    }
    return answer;
  };
  const token = async () => {
    known ??= tokenOf(await (await ask(jar.has('meridian_session') ? '/inbox' : '/login')).text());
    return known;
  };
  return {
    ask,
    token,
    cookies,
    async post(path, fields) {
      const body = new URLSearchParams({ csrf: await token(), ...fields });
      return ask(path, { method: 'POST', body });
    },
    async upload(path, fields) {
      const body = new FormData();
      for (const [name, value] of Object.entries({ csrf: await token(), ...fields })) body.append(name, value);
      return ask(path, { method: 'POST', body });
    },
    async postJson(path, body) {
      const headers = { 'content-type': 'application/json', 'x-csrf-token': await token() };
      return ask(path, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
    },
  };
}

/** A browser in which somebody of the demo hospital has logged in. */
export async function signedIn(at: string | VisitorOptions, loginName: string): Promise<Visitor> {
  const visitor = newVisitor(at);
  const answer = await visitor.post('/login', { loginName, password: 'meridian-demo' });
  if (answer.status !== 302) throw new Error(`Expected ${loginName} to be let in, but the answer is ${answer.status}`);
  return visitor;
}
