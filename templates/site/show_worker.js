// Pasar KIM on the phone, version {{ plan.version }}.
import { start } from "{{ asset('js/offline/worker.js') }}"

start({{ plan | tojson }})
