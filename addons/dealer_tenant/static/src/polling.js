import { onMounted, onWillUnmount } from "@odoo/owl";

/**
 * Calls a function again and again while the component is on the screen.
 *
 * @param {Function} refresh
 * @param {Number} interval ms
 */
export function usePolling(refresh, interval) {
    let timer = null;
    onMounted(() => {
        timer = setInterval(refresh, interval);
    });
    onWillUnmount(() => clearInterval(timer));
}
