import { JavaClientClasses } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { KafkaJsSettings } from '../../connection/kafkajs-settings';
import { LibrdkafkaSettings } from '../../connection/librdkafka-settings';
import { javaEnvironment, javaProperties, kafkaUiYaml, quarkusProperties, springYaml } from './java-dialects';
import { kcatLines, librdkafkaJson } from './librdkafka-dialects';

/** @internal What a dialect makes of a connection. */
export interface _RenderedSettings {
  /** The text of the file, without any secret. */
  readonly text: string;
  /** Variables that the program's environment needs beside the file. */
  readonly environment: { readonly [variable: string]: string };
  /** What an init container has to add to the file, for programs that read secrets from nowhere else. */
  readonly librdkafka?: LibrdkafkaSettings;
}

/** @internal What makes up a dialect. */
export interface _DialectDetails {
  readonly kind: 'java' | 'springBoot' | 'quarkus' | 'librdkafka' | 'kafkaJs' | 'kcat' | 'kafkaUi';
  /** Where a Java program has Kafka's classes. */
  readonly classes?: JavaClientClasses;
  readonly render: (connection: KafkaConnection) => _RenderedSettings;
}

/** What kind of program reads the settings of a connection: in which file, and how values are written there. */
export class ClientDialect {
  /**
   * A file of Java properties: for programs that load it with `java.util.Properties`, and for Kafka's own tools
   * (`--command-config`).
   *
   * @param classes which of Kafka's classes the program has; unless it gets its tokens by Kafka's own client, OAuth takes
   * strimzi-kafka-oauth on its class path
   */
  public static javaProperties(classes: JavaClientClasses = JavaClientClasses.ORIGINAL): ClientDialect {
    return new ClientDialect('kafka.properties', undefined, {
      kind: 'java',
      classes,
      render: (connection) => ({
        text: javaProperties(connection, classes),
        environment: javaEnvironment(connection, classes),
      }),
    });
  }

  /**
   * A configuration file of Spring Boot, 3.4 or newer.
   *
   * @param classes which of Kafka's classes the program has; unless it gets its tokens by Kafka's own client, OAuth takes
   * strimzi-kafka-oauth on its class path
   */
  public static springBoot(classes: JavaClientClasses = JavaClientClasses.ORIGINAL): ClientDialect {
    return new ClientDialect('application.yaml', 'SPRING_CONFIG_ADDITIONAL_LOCATION', {
      kind: 'springBoot',
      classes,
      render: (connection) => ({
        text: springYaml(connection, classes),
        environment: javaEnvironment(connection, classes),
      }),
    });
  }

  /**
   * A configuration file of Quarkus.
   *
   * @param classes which of Kafka's classes the program has; unless it gets its tokens by Kafka's own client, OAuth takes
   * strimzi-kafka-oauth on its class path
   */
  public static quarkus(classes: JavaClientClasses = JavaClientClasses.ORIGINAL): ClientDialect {
    return new ClientDialect('application.properties', 'SMALLRYE_CONFIG_LOCATIONS', {
      kind: 'quarkus',
      classes,
      render: (connection) => ({
        text: quarkusProperties(connection, classes),
        environment: javaEnvironment(connection, classes),
      }),
    });
  }

  /**
   * JSON for a program with librdkafka: Python, Go, .NET, Ruby, PHP, Rust, C.
   *
   * It has the members `settings`, `secretFiles` (settings whose values are the whole contents of these files) and
   * `formEncoded` (those of `secretFiles` that are form-encoded before they are set), as `LibrdkafkaSettings` has them.
   */
  public static librdkafka(): ClientDialect {
    return new ClientDialect('kafka.json', undefined, {
      kind: 'librdkafka',
      render: (connection) => {
        const settings = LibrdkafkaSettings.render(connection);
        return { text: librdkafkaJson(settings), environment: settings.environment };
      },
    });
  }

  /** A CommonJS module that exports what the constructor `Kafka` of KafkaJS takes. */
  public static kafkaJs(): ClientDialect {
    return new ClientDialect('kafka.cjs', undefined, {
      kind: 'kafkaJs',
      render: (connection) => ({ text: KafkaJsSettings.render(connection), environment: {} }),
    });
  }

  /**
   * The configuration file of kcat.
   *
   * kcat takes passwords from that file or from its arguments, which everybody on the node can see. So an init container
   * puts them into the file, which then exists in the pod's memory alone.
   */
  public static kcat(): ClientDialect {
    return new ClientDialect('kcat.conf', 'KCAT_CONFIG', {
      kind: 'kcat',
      render: (connection) => {
        const settings = LibrdkafkaSettings.render(connection);
        return { text: kcatLines(settings), environment: settings.environment, librdkafka: settings };
      },
    });
  }

  /** A configuration file of Kafka UI (`kafbat/kafka-ui`), 1.0 or newer, with this cluster alone. */
  public static kafkaUi(): ClientDialect {
    return new ClientDialect('kafka-ui.yaml', 'SPRING_CONFIG_ADDITIONAL_LOCATION', {
      kind: 'kafkaUi',
      render: (connection) => ({ text: kafkaUiYaml(connection), environment: javaEnvironment(connection) }),
    });
  }

  private constructor(
    /** The name of the file. */
    public readonly fileName: string,
    /** The variable by which the program is told where the file is; none if programs of the kind know no such variable. */
    public readonly variable: string | undefined,
    /** @internal */
    public readonly _details: _DialectDetails,
  ) {}
}
