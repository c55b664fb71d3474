import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cachedJar, command, copyDependencies, namedAfter } from './cache';
import { SMALL_JVM } from './jvm';
import { librdkafkaPython } from './librdkafka-client';

const POMS = join(__dirname, 'maven');
const SOURCES = join(__dirname, 'java');

/** Features of Keycloak that no client of Kafka asks for: a smaller server starts sooner. */
const UNUSED_FEATURES = [
  'account',
  'account-api',
  'admin',
  'admin-fine-grained-authz',
  'authorization',
  'ciba',
  'client-policies',
  'device-flow',
  'impersonation',
  'kerberos',
  'organization',
  'par',
  'passkeys',
  'step-up-authentication',
  'step-up-authentication-saml',
  'web-authn',
];

/** The class path of Apache Kafka 4.3.1 with Strimzi's OAuth library: brokers and clients. */
export async function kafkaClassPath(): Promise<string> {
  return `${await libraries('kafka')}/*`;
}

/** The class path of a Kafka Connect worker 4.3.1 with the connectors for files, as Strimzi's image has them. */
export async function connectClassPath(): Promise<string> {
  return `${await libraries('connect')}/*`;
}

/** The class path of the probe, with Kafka's clients. */
export async function probeClassPath(): Promise<string> {
  return compiled('Probe', await kafkaClassPath());
}

/** The class path of the stand-in for the data generator, with the clients that data generator 0.1.0 has. */
export async function dataGeneratorClassPath(): Promise<string> {
  return compiled('SalesGenerator', `${await libraries('data-generator')}/*`);
}

/** The folder of Keycloak 26.7.3, built for a database in memory. */
export async function keycloakHome(): Promise<string> {
  const home = await cached(namedAfter('keycloak', pom('keycloak')), async (folder) => {
    await copyDependencies(pom('keycloak'), folder);
    const [zip] = readdirSync(folder);
    await command('unzip', ['-q', join(folder, zip), '-d', folder]);
    rmSync(join(folder, zip));
    renameSync(join(folder, zip.replace(/.*(keycloak)-quarkus-dist-(.*)\.zip/, '$1-$2')), join(folder, 'home'));
  });
  // Its build writes absolute paths, so that it has to be where it stays.
  const built = join(home, 'home', 'data', 'built');
  if (!existsSync(built)) {
    const options = ['--db=dev-mem', `--features-disabled=${UNUSED_FEATURES.join(',')}`, '--health-enabled=true'];
    await command(join(home, 'home', 'bin', 'kc.sh'), ['build', ...options], {
      JAVA_OPTS: ['-Xmx512m', ...SMALL_JVM].join(' '),
    });
    await command('mkdir', ['-p', built]);
  }
  return join(home, 'home');
}

/** The folder of Apicurio Registry 3.3.3. */
export async function apicurioHome(): Promise<string> {
  return cached(namedAfter('apicurio', pom('apicurio')), async (folder) => {
    await copyDependencies(pom('apicurio'), folder);
    const [archive] = readdirSync(folder);
    await command('tar', ['-xzf', join(folder, archive), '-C', folder]);
    rmSync(join(folder, archive));
  });
}

/** Everything that the suite runs, so that nothing has to be downloaded where there is no network. */
export async function install(progress: (what: string) => void): Promise<void> {
  progress('Apache Kafka');
  await probeClassPath();
  progress('Kafka Connect');
  await connectClassPath();
  progress('data generator');
  await dataGeneratorClassPath();
  progress('Apicurio Registry');
  await apicurioHome();
  progress('Keycloak');
  await keycloakHome();
  progress('librdkafka');
  await librdkafkaPython();
}

function libraries(name: string): Promise<string> {
  return cached(namedAfter(name, pom(name)), (folder) => copyDependencies(pom(name), folder));
}

async function compiled(name: string, classPath: string): Promise<string> {
  const source = join(SOURCES, `${name}.java`);
  const jar = await cachedJar(name.toLowerCase(), classPath, [source]);
  return `${jar}:${classPath}`;
}

function pom(name: string): string {
  return join(POMS, `${name}.xml`);
}
