/**
 * What is loaded of `yaml` at the moment it is needed. The package is CommonJS: once bundled, `await import('yaml')`
 * would have nothing but a `default`.
 */

export { type Document, parseDocument } from 'yaml';
