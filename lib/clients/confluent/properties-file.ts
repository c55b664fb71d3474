import { propertyValue } from './confluent-env';

/** The text of a Java properties file. The names are those of known settings, in which nothing has to be escaped. */
export function propertiesFile(settings: { readonly [setting: string]: string }): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${propertyValue(value)}\n`)
    .join('');
}

/** The settings of a connection without those that only say where its values are. */
export function withoutProviders(settings: { readonly [setting: string]: string }): { [setting: string]: string } {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !name.startsWith('config.providers')));
}

/** The settings with `prefix` before each name. */
export function prefixed(
  prefix: string,
  settings: { readonly [setting: string]: string },
): { [setting: string]: string } {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${prefix}${name}`, value]));
}
