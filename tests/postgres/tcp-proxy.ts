import { createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';

/** A way to the database that can be broken: its address stays, whatever becomes of the server behind it. */
export type TcpProxy = {
  /** The database's address by this way. */
  url(of: string): string;
  /** Leads to another port from now on. */
  leadTo(port: number): void;
  /** Swallows everything in both directions, without closing anything. */
  swallow(isSwallowing: boolean): void;
  /** Carries everything so many milliseconds later, in both directions. */
  delay(milliseconds: number): void;
  close(): Promise<void>;
};

/** Opens one on a free port of this machine. */
export async function openTcpProxy(port: number): Promise<TcpProxy> {
  let target = port;
  let isSwallowing = false;
  let late = 0;
  const sockets = new Set<Socket>();
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from);
    const pass = (bytes: Buffer) => void (isSwallowing || to.destroyed || to.write(bytes));
    // Everything is as late, so nothing overtakes; what is under way when the delay changes keeps its order by waiting behind.
    let last = 0;
    from.on('data', (bytes) => {
      last = Math.max(last, performance.now() + late);
      const wait = last - performance.now();
      if (wait <= 0) pass(bytes);
      else setTimeout(pass, wait, bytes);
    });
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const database = tcpConnect(target, '127.0.0.1');
    carry(client, database);
    carry(database, client);
  });
  const own = await listen(server);
  return {
    url: (of) => of.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${own}`),
    leadTo(next) {
      target = next;
    },
    swallow(next) {
      isSwallowing = next;
    },
    delay(milliseconds) {
      late = milliseconds;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) resolve(address.port);
      else reject(new Error('Expected a port, but there is none'));
    });
  });
}
