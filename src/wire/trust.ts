import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

const contexts = new Map<string, SecureContext>();

/**
 * Node's own authorities and these. Kept, since reading some 140 certificates takes 20 ms.
 * What is no certificate is left out without a word by OpenSSL; the server's is then not trusted.
 * @param ca  PEM text
 */
export function trusting(ca: string): SecureContext {
  const context = contexts.get(ca) ?? createSecureContext({ ca: [...rootCertificates, ca] });
  contexts.set(ca, context);
  return context;
}
