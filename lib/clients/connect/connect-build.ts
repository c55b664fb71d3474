/** A file of a connector's plugin. */
export class PluginArtifact {
  /**
   * A Java archive.
   *
   * @param url where it is
   * @param sha512sum its SHA-512 checksum in hexadecimal digits
   */
  public static jar(url: string, sha512sum: string): PluginArtifact {
    return new PluginArtifact({ type: 'jar', url, sha512sum });
  }

  /**
   * A `.tar.gz` archive, which is unpacked.
   *
   * @param url where it is
   * @param sha512sum its SHA-512 checksum in hexadecimal digits
   */
  public static tgz(url: string, sha512sum: string): PluginArtifact {
    return new PluginArtifact({ type: 'tgz', url, sha512sum });
  }

  /**
   * A `.zip` archive, which is unpacked.
   *
   * @param url where it is
   * @param sha512sum its SHA-512 checksum in hexadecimal digits
   */
  public static zip(url: string, sha512sum: string): PluginArtifact {
    return new PluginArtifact({ type: 'zip', url, sha512sum });
  }

  /**
   * A Java archive of a Maven repository, with all that it needs.
   *
   * @param group its group, such as `org.apache.kafka`
   * @param artifact its name, such as `connect-file`
   * @param version its version
   */
  public static maven(group: string, artifact: string, version: string): PluginArtifact {
    return new PluginArtifact({ type: 'maven', group, artifact, version });
  }

  private constructor(
    /** @internal */
    public readonly _fields: { readonly [field: string]: string },
  ) {}
}

/** A plugin: the files of one or more connectors, converters or transformations. */
export interface ConnectPlugin {
  /** The name of the plugin. */
  readonly name: string;
  /** Its files. */
  readonly artifacts: PluginArtifact[];
}

/**
 * How Strimzi builds an image with plugins.
 *
 * @see Strimzi 1.2.0, api/.../connect/build/Build.java
 */
export interface ConnectBuild {
  /** The image to make, by version. */
  readonly image: string;
  /** The plugins. */
  readonly plugins: ConnectPlugin[];
  /**
   * The Secret with the credentials of the registry that the image is pushed to.
   *
   * @default - none
   */
  readonly pushSecretName?: string;
}

/** The `build` of a KafkaConnect resource. */
export function renderBuild({ image, plugins, pushSecretName }: ConnectBuild): object {
  return {
    output: { type: 'docker', image, ...(pushSecretName === undefined ? {} : { pushSecret: pushSecretName }) },
    plugins: plugins.map(({ name, artifacts }) => ({
      name,
      artifacts: artifacts.map(({ _fields: fields }) => ({ ...fields })),
    })),
  };
}
