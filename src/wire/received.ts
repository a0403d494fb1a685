import type { Notice } from '../core/notice.ts';

/** What comes back for one request: `headers` once, then the events of a stream or one body; notices before that. */
export type Received =
  /** Code 'retrying', before each wait. */
  | { readonly type: 'notice'; readonly notice: Notice }
  /** Of the response that is going to be read, together with its first event or its body. */
  | { readonly type: 'headers'; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  /** `name` is undefined for the standard's unnamed event. */
  | { readonly type: 'event'; readonly name: string | undefined; readonly data: string }
  /** JSON text that is no event stream, whatever was asked for; errors in it are the reader's to find. */
  | { readonly type: 'body'; readonly contentType: string; readonly text: string };
