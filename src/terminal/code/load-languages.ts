/**
 * The grammars, which are loaded when the first code is seen: about 20 ms that most runs never need. One for the
 * process, like the module it stands for.
 */

type Languages = typeof import('./languages.ts');

let languages: Languages | 'none' | undefined;
let loading: Promise<void> | undefined;

/** Resolves when `languagesNow` has its answer. Never rejects. */
export function loadLanguages(): Promise<void> {
  loading ??= import('./languages.ts').then(
    (loaded) => {
      languages = loaded;
    },
    () => {
      // The files of the program were replaced while it runs. Colour is an extra: code is shown without.
      languages = 'none';
    },
  );
  return loading;
}

/** Undefined while they are not loaded, `none` when they cannot be. */
export function languagesNow(): Languages | 'none' | undefined {
  return languages;
}
