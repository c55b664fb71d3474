import { progress } from '../support/servers/progress';
import { Server } from '../support/servers/server';

/** The servers of this run; where they are started and where they are stopped is called apart. */
class RunningServers {
  /** When the run began, apart from what is done once on a machine. */
  public began = Date.now();
  private readonly servers: Server[] = [];

  /** Takes a server in charge. */
  public add<T extends Server>(server: T): T {
    this.servers.push(server);
    return server;
  }

  /** Stops all servers, the last one first. One that has stopped before has something to say. */
  public async stop(): Promise<void> {
    for (const server of this.servers.splice(0).reverse()) {
      if (server.hasStopped()) progress(`${server.name} has stopped too early\n${server.complaints()}`);
      await server.stop();
    }
  }
}

export const SERVERS = new RunningServers();
