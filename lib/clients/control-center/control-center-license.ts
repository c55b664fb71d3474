import { SecretKey } from '../../secrets/secret-key';

/** By what right Control Center runs: it is software of Confluent that asks for a licence. */
export class ControlCenterLicense {
  /** The trial that the program begins by itself, of 30 days. */
  public static trial(): ControlCenterLicense {
    return new ControlCenterLicense(undefined);
  }

  /**
   * A licence that Confluent issued.
   *
   * @param license the Secret key that holds the licence
   */
  public static issued(license: SecretKey): ControlCenterLicense {
    return new ControlCenterLicense(license);
  }

  private constructor(
    /** @internal The Secret key that holds the licence; none for the trial. */
    public readonly _license: SecretKey | undefined,
  ) {}
}
