import { RPCError } from "@web/core/network/rpc";

/**
 * Save a record of a form. What the server refuses is taken off the screen, so that it shows what
 * is true; what did not reach the server stays, to be sent with the next save.
 */
export async function saveAtOnce(record) {
    try {
        return await record.save();
    } catch (error) {
        if (error instanceof RPCError) {
            await record.discard();
        }
        throw error;
    }
}
