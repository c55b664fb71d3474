import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cachedJar, command, namedAfter } from './cache';
import { ClassArchive, SMALL_JVM } from './jvm';

const LIBRARIES = join(__dirname, 'maven', 'flink-sql.xml');
const OAUTH_CLIENT = join(__dirname, 'maven', 'flink-oauth-client.xml');
const SOURCES = join(__dirname, 'java');
/** What Flink's own start scripts open of Java 17. */
const OPENED_PACKAGES = ['lang', 'lang.reflect', 'net', 'io', 'nio', 'util', 'util.concurrent', 'text', 'time'];

/** The versions of one release of Flink and of what the SQL runner's image adds to it. */
interface FlinkVersions {
  /** As a FlinkDeployment names it: `v2_1`. */
  readonly flinkVersion: string;
  readonly flink: string;
  readonly connector: string;
  readonly registryFormat: string;
  /** The SHA-256 of the registry format's jar, where the package registry has no checksum for it. */
  readonly registryFormatSha256?: string;
}

/** Flink as the SQL runner's image holds it: the same jars in one class path, from Maven Central. */
export class FlinkRelease {
  /** What the image `flink-sql-runner:0.4.0`, and so each scenario, runs. */
  public static readonly RUNNER_IMAGE = new FlinkRelease({
    flinkVersion: 'v2_1',
    flink: '2.1.0',
    connector: '4.0.1-2.0',
    registryFormat: '2.1.0',
  });

  /** The newest that the custom resource of Flink operator 1.15 can name. */
  public static readonly NEWEST_SUPPORTED = new FlinkRelease({
    flinkVersion: 'v2_2',
    flink: '2.2.0',
    connector: '5.0.0-2.2',
    registryFormat: '2.2.0',
    registryFormatSha256: 'dc331e14107ded6e07f5f77321aa06d8019aa9f33654d0658e49648409b5b80d',
  });

  /** The newest there is, which no released operator can name. */
  public static readonly NEWEST = new FlinkRelease({
    flinkVersion: 'v2_3',
    flink: '2.3.0',
    connector: '5.0.0-2.2',
    registryFormat: '2.3.0',
  });

  public static readonly ALL = [FlinkRelease.RUNNER_IMAGE, FlinkRelease.NEWEST_SUPPORTED, FlinkRelease.NEWEST];

  /** The release that a FlinkDeployment names. */
  public static of(flinkVersion: string): FlinkRelease {
    const found = FlinkRelease.ALL.find(({ versions }) => versions.flinkVersion === flinkVersion);
    if (!found) throw new Error(`no release of Flink for ${flinkVersion}`);
    return found;
  }

  /** Everything, so that nothing has to be downloaded where there is no network. */
  public static async install(progress: (what: string) => void): Promise<void> {
    for (const release of FlinkRelease.ALL) {
      progress(`Flink ${release.version}`);
      await release.command('FlinkSqlRun', []);
    }
  }

  private constructor(private readonly versions: FlinkVersions) {}

  /** The version of Flink: `2.1.0`. */
  public get version(): string {
    return this.versions.flink;
  }

  /** The command that runs a class of the emulated SQL runner. */
  public async command(mainClass: string, args: readonly string[], options: readonly string[] = []): Promise<string[]> {
    const opened = OPENED_PACKAGES.map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`);
    return ['java', ...SMALL_JVM, '-Xmx384m', ...opened, ...options, '-cp', await this.classPath(), mainClass, ...args];
  }

  /** The archive of the classes of Flink. */
  public async archive(): Promise<ClassArchive> {
    return new ClassArchive(`flink-${this.version}`, await this.classPath());
  }

  private async classPath(): Promise<string> {
    const flink = `${await this.libraries()}/*`;
    return [await this.runner(flink), flink, `${await oauthClient()}/*`].join(':');
  }

  private libraries(): Promise<string> {
    const { flink, connector, registryFormat, registryFormatSha256 } = this.versions;
    return cached(namedAfter(`flink-${flink}-${connector}-${registryFormat}`, LIBRARIES), async (folder) => {
      if (registryFormatSha256) await fetchPinned(registryFormat, registryFormatSha256, folder);
      await command('mvn', [
        '--quiet',
        '--batch-mode',
        '--strict-checksums',
        `--file=${LIBRARIES}`,
        'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
        `-Dflink.version=${flink}`,
        `-Dconnector.version=${connector}`,
        `-Dregistry-format.version=${registryFormat}`,
        `-DoutputDirectory=${folder}`,
      ]);
    });
  }

  private runner(libraries: string): Promise<string> {
    const sources = readdirSync(SOURCES)
      .filter((file) => file.startsWith('Flink'))
      .sort()
      .map((file) => join(SOURCES, file));
    return cachedJar(`flink-sql-runner-${this.version}`, libraries, sources);
  }
}

/** Fetches a jar that the package registry has no checksum for; Maven then takes it as already there. */
async function fetchPinned(version: string, sha256: string, folder: string): Promise<void> {
  const artifact = 'flink-sql-avro-confluent-registry';
  await command('mvn', [
    '--quiet',
    '--batch-mode',
    'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy',
    `-Dartifact=org.apache.flink:${artifact}:${version}`,
    `-DoutputDirectory=${folder}`,
  ]);
  const jar = join(folder, `${artifact}-${version}.jar`);
  const found = createHash('sha256').update(readFileSync(jar)).digest('hex');
  if (found !== sha256) throw new Error(`${jar} has the SHA-256 ${found}, not ${sha256}`);
}

/** Strimzi's OAuth client under the names of the connector's Kafka client. */
function oauthClient(): Promise<string> {
  return cached(namedAfter('flink-oauth-client', OAUTH_CLIENT), async (folder) => {
    const build = join(folder, 'build');
    await command('mvn', [
      '--quiet',
      '--batch-mode',
      '--strict-checksums',
      `--file=${OAUTH_CLIENT}`,
      'package',
      `-Dbuild.folder=${build}`,
    ]);
    renameSync(join(build, 'flink-oauth-client.jar'), join(folder, 'flink-oauth-client.jar'));
    rmSync(build, { recursive: true });
  });
}
