/** Request headers, and which of them must never be seen. */

export interface HeaderOptions {
  readonly apiKey?: string;
  readonly userAgent: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly userinfo?: UserInfo;
}

export interface UserInfo {
  readonly username: string;
  readonly password: string;
}

type Headers = Readonly<Record<string, string>>;

/** Names in lower case. The person's own headers win; a key wins over what stood in the URL. */
export function toHeaders({ apiKey, userAgent, headers = {}, userinfo }: HeaderOptions): Headers {
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    'content-type': 'application/json',
    'user-agent': userAgent,
    ...(userinfo !== undefined && { authorization: `Basic ${toBase64(userinfo)}` }),
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    ...Object.fromEntries(own),
  };
}

export function hasCredential(headers: Headers): boolean {
  return Object.keys(headers).some(isSecretName);
}

/** For showing: the scheme stays, so that a person sees which kind of key is sent. */
export function maskHeaders(headers: Headers): Headers {
  const masked = Object.entries(headers).map(([name, value]) => {
    if (!isSecretName(name)) return [name, value];
    const scheme = /^(Bearer|Basic) /i.exec(value)?.[0] ?? '';
    return [name, `${scheme}[key]`];
  });
  return Object.fromEntries(masked);
}

export function secretsOf({ apiKey, headers = {} }: HeaderOptions, userinfo: UserInfo | undefined): readonly string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    isSecretName(name) ? [value, value.replace(/^(?:Bearer|Basic) /i, '')] : [],
  );
  const inUrl = userinfo === undefined ? [] : [userinfo.password, toBase64(userinfo)];
  return [...(apiKey === undefined ? [] : [apiKey]), ...inHeaders, ...inUrl].filter((secret) => secret !== '');
}

function isSecretName(name: string): boolean {
  return /auth|key|token|secret|cookie/i.test(name);
}

function toBase64({ username, password }: UserInfo): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}
