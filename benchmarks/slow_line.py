"""A line as slow as a village's: passes what a browser and a server say to each other, bit by bit and late.

It stands between the two as a server of its own, so that whatever the browser sends goes over it, from pages, workers
and service workers alike, and every byte with its headers is counted.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE = 4096


@dataclass
class SlowLine:
    """A line at `url`; `sent` and `received` are the bytes of the browser so far, both ways as slow."""

    url: str
    sent: int = 0
    received: int = 0
    # When the line is free again, by direction: all connections share it.
    free_at: dict[str, float] = field(default_factory=lambda: {"sent": 0.0, "received": 0.0})


@contextmanager
def slow_line(server_port: int, kilobits_per_second: int, round_trip_milliseconds: int) -> Iterator[SlowLine]:
    """Serve what the local server at this port serves, over a slow line, until the block ends."""
    loop = asyncio.new_event_loop()
    line = SlowLine("")
    rate, delay = kilobits_per_second * 1000 / 8, round_trip_milliseconds / 2000

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A connection is made once its first packet has gone there and back.
        await asyncio.sleep(2 * delay)
        with suppress(OSError, asyncio.CancelledError):
            answers, server = await asyncio.open_connection("127.0.0.1", server_port)
            await asyncio.gather(
                _carry(line, "sent", reader, server, rate, delay),
                _carry(line, "received", answers, writer, rate, delay),
            )

    listening = loop.run_until_complete(asyncio.start_server(connect, "127.0.0.1", 0))
    line.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    thread = threading.Thread(target=loop.run_forever, name="slow line", daemon=True)
    thread.start()
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(_hang_up(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _hang_up() -> None:
    """End what is still said."""
    talking = asyncio.all_tasks() - {asyncio.current_task()}
    for task in talking:
        task.cancel()
    await asyncio.gather(*talking, return_exceptions=True)


async def _carry(
    line: SlowLine, direction: str, source: asyncio.StreamReader, goal: asyncio.StreamWriter, rate: float, delay: float
) -> None:
    """Pass on what one side says: at this many bytes a second, each arriving this many seconds late."""
    clock = asyncio.get_running_loop().time
    on_its_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def arrive() -> None:
        with suppress(OSError):
            while True:
                arrives_at, piece = await on_its_way.get()
                await asyncio.sleep(arrives_at - clock())
                if not piece:
                    break
                goal.write(piece)
                await goal.drain()
        with suppress(OSError):
            goal.close()

    arriving = asyncio.create_task(arrive())
    piece = b"."
    while piece:
        try:
            piece = await source.read(PIECE)
        except OSError:
            piece = b""
        setattr(line, direction, getattr(line, direction) + len(piece))
        line.free_at[direction] = max(clock(), line.free_at[direction]) + len(piece) / rate
        on_its_way.put_nowait((line.free_at[direction] + delay, piece))
        # No faster than the line: what is not yet on it waits at its sender.
        await asyncio.sleep(line.free_at[direction] - clock())
    await arriving
